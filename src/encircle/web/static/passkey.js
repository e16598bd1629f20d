// Passkey: asks the browser for one and sends its answer with the form. The only script of the sign-in.
// Where it is to open a key, what its PRF gives goes into a field of its own, and stands nowhere else.
"use strict";
(() => {
  const form = document.querySelector("form[data-passkey]");
  const options = document.getElementById("passkey-options");
  if (!form || !options || !window.PublicKeyCredential) return;
  const button = form.querySelector("button");
  const trouble = form.querySelector("[data-trouble]");
  const noPrf = form.querySelector("[data-no-prf]");

  const bytes = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const known = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

  async function make(asked) {
    const made = await navigator.credentials.create({
      publicKey: {
        ...asked,
        challenge: bytes(asked.challenge),
        user: { ...asked.user, id: bytes(asked.user.id) },
        excludeCredentials: known(asked.excludeCredentials),
        extensions: { ...asked.extensions, prf: {} },
      },
    });
    return answer(made, {
      attestationObject: text(made.response.attestationObject),
      transports: made.response.getTransports ? made.response.getTransports() : [],
    });
  }

  async function use(asked) {
    const prf = asked.extensions?.prf;
    const used = await navigator.credentials.get({
      publicKey: {
        ...asked,
        challenge: bytes(asked.challenge),
        allowCredentials: known(asked.allowCredentials),
        extensions: prf && { prf: { eval: { first: bytes(prf.eval.first) } } },
      },
    });
    if (prf) {
      const first = used.getClientExtensionResults().prf?.results?.first;
      if (!first) return null;
      form.elements.prf.value = text(first);
    }
    const { authenticatorData, signature, userHandle } = used.response;
    return answer(used, {
      authenticatorData: text(authenticatorData),
      signature: text(signature),
      userHandle: userHandle ? text(userHandle) : null,
    });
  }

  function answer(credential, response) {
    const { prf, ...results } = credential.getClientExtensionResults();
    return {
      id: credential.id,
      rawId: text(credential.rawId),
      type: credential.type,
      authenticatorAttachment: credential.authenticatorAttachment,
      clientExtensionResults: { ...results, prf: prf && { enabled: prf.enabled } },
      response: { ...response, clientDataJSON: text(credential.response.clientDataJSON) },
    };
  }

  button.addEventListener("click", async (event) => {
    event.preventDefault();
    trouble.hidden = true;
    if (noPrf) noPrf.hidden = true;
    try {
      const given = JSON.parse(options.textContent);
      const credential = given.creation_options
        ? await make(given.creation_options.publicKey)
        : await use(given.request_options.publicKey);
      if (!credential) {
        noPrf.hidden = false;
        return;
      }
      form.elements.credential.value = JSON.stringify(credential);
      form.submit();
    } catch {
      trouble.hidden = false;
    }
  });
  form.hidden = false;
})();
