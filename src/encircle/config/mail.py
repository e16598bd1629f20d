"""Options of mail: how notices without content leave this installation. None set: they are shown in Encircle only."""

from encircle.config.option import Option, a_mailbox, a_name, a_site, a_whole, a_word

MAIL: tuple[Option, ...] = (
    Option(
        "ENCIRCLE_ADDRESS",
        "The address at which people open this installation. It is all that a notice by mail tells.",
        a_site,
        "an address such as https://encircle.example/",
        None,
        default_words="made of the first of ENCIRCLE_HOSTS",
    ),
    Option(
        "ENCIRCLE_SMTP_HOST",
        'The mail server that takes notices: "Something waits for you in Encircle", and no more.'
        " Without one, notices are shown in Encircle only, and nobody is reached at night.",
        a_name,
        "the name of a host",
        None,
        default_words="none: no mail is sent",
    ),
    Option("ENCIRCLE_SMTP_PORT", "Its port.", a_whole(1, 65_535), "a whole number from 1 to 65535", "587"),
    Option(
        "ENCIRCLE_SMTP_SECURITY",
        "How the way to it is closed: starttls, tls from the first word, or none (on the same machine only).",
        a_word("starttls", "tls", "none"),
        "starttls, tls or none",
        "starttls",
    ),
    Option(
        "ENCIRCLE_SMTP_LOGIN",
        "The login at it, where it asks for one.",
        str,
        "a login",
        None,
        default_words="none",
    ),
    Option(
        "ENCIRCLE_SMTP_PASSWORD",
        "The password of that login.",
        str,
        "a password",
        None,
        default_words="none",
        secret=True,
    ),
    Option(
        "ENCIRCLE_SMTP_FROM",
        "From whom notices come.",
        a_mailbox,
        "an address such as encircle@agency.example",
        "encircle@localhost",
    ),
)
