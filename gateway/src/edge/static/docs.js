// Swagger UI with a choice of services; the chosen one stands in the address, so that it can be linked.
const choice = document.getElementById("service");

function show(url) {
  SwaggerUIBundle({ url, dom_id: "#ui", deepLinking: true, persistAuthorization: false, validatorUrl: null });
}

async function begin() {
  const services = await (await fetch("/docs/services.json")).json();
  if (services.length === 0) {
    document.getElementById("empty").hidden = false;
    choice.disabled = true;
    return;
  }
  for (const { url, name } of services) choice.append(new Option(name, url));
  const asked = new URLSearchParams(location.search).get("service");
  const found = services.find(({ url }) => url === `/openapi/${asked}.yaml`) ?? services[0];
  choice.value = found.url;
  show(found.url);
  choice.addEventListener("change", () => {
    const name = choice.value.replace("/openapi/", "").replace(".yaml", "");
    location.assign(`/docs?service=${name}`);
  });
}

begin();
