"""Addresses of one's own sign-in. The names are those by which django-allauth finds its pages; it has no others here."""

from django.urls import path

from encircle.web.desk.account import pages
from encircle.web.desk.account.again import again, passkey_needed
from encircle.web.desk.account.invitation import accept, invite_colleague
from encircle.web.desk.account.keys import my_keys
from encircle.web.desk.account.leaving import leave_agency
from encircle.web.desk.account.provider import again_by, back, ended_by, enter_by, linked
from encircle.web.desk.account.sessions import people_of_agency, sessions

PAGES = [
    path("account/", pages.mine, name="mfa_index"),
    path("account/again/", again, name="again"),
    path("account/passkey-needed/", passkey_needed, name="passkey_needed"),
    path("account/keys/", my_keys, name="my_keys"),
    path("account/sessions/", sessions, name="my_sessions"),
    path("account/colleagues/invite/", invite_colleague, name="invite"),
    path("account/colleagues/<slug:person>/leave/", leave_agency, name="leave_agency"),
    path("sign-in/invited/", accept, name="invited"),
    path("account/colleagues/", people_of_agency, name="colleagues"),
    path("account/again/<slug:provider>/", again_by, name="again_by"),
    path("account/linked/", linked, name="linked_identities"),
    path("sign-in/with/<slug:provider>/", enter_by, name="provider_enter"),
    path("sign-in/with/<slug:provider>/back/", back, name="provider_back"),
    path("sign-in/with/<slug:provider>/ended/", ended_by, name="provider_ended"),
    path("account/sign-in/", pages.nowhere, name="account_login"),
    path("account/second-factor/", pages.enter_second_factor, name="mfa_authenticate"),
    path("account/password/", pages.change_password, name="account_change_password"),
    path("account/password/again/", pages.say_password_again, name="account_reauthenticate"),
    path("account/app/", pages.set_up_app, name="mfa_activate_totp"),
    path("account/app/remove/", pages.remove_app, name="mfa_deactivate_totp"),
    path("account/passkeys/", pages.passkeys, name="mfa_list_webauthn"),
    path("account/passkeys/add/", pages.add_passkey, name="mfa_add_webauthn"),
    path("account/passkeys/<int:pk>/remove/", pages.remove_passkey, name="mfa_remove_webauthn"),
    path("account/recovery-codes/", pages.recovery_codes, name="mfa_view_recovery_codes"),
    path("account/recovery-codes/new/", pages.new_recovery_codes, name="mfa_generate_recovery_codes"),
]
