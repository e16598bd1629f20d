"""Provider: where an agency's people sign in, by OpenID Connect. Asks it, and believes nothing that it did not sign.

`setting.py` is what an operator writes down, `fetch.py` the way there, `known.py` what a provider says of itself,
`claim.py` what a token must say, `token.py` signatures. Knows no accounts and no cases.
"""
