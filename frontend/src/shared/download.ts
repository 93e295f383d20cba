/** Saving a file that a service made. */

interface Filed {
  data?: Blob;
  response: Response;
}

/** Ask with `parseAs: "blob"`. The service's own file name counts; `name` is for when it gave none. */
export async function saveFile(call: Promise<Filed>, name: string): Promise<void> {
  const { data, response } = await call;
  if (!data) return;
  const url = URL.createObjectURL(data);
  const link = document.createElement("a");
  link.href = url;
  link.download = nameIn(response.headers.get("Content-Disposition")) ?? name;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

function nameIn(disposition: string | null): string | null {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? "")?.[1];
  if (encoded) return decodeURIComponent(encoded);
  return /filename="?([^";]+)"?/i.exec(disposition ?? "")?.[1] ?? null;
}
