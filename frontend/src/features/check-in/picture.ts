/** A picture of at most 1 MB from the camera or from a file. */

const LONGEST_EDGE = 1280;
const MOST_BYTES = 1024 * 1024;


export function pictureOf(video: HTMLVideoElement): Promise<Blob> {
  return drawn(video, video.videoWidth, video.videoHeight);
}

/** A photo that the phone's camera took, made small. Raises when it is no picture. */
export async function pictureFromFile(file: File): Promise<Blob> {
  const image = await createImageBitmap(file, { imageOrientation: "from-image" });
  try {
    return await drawn(image, image.width, image.height);
  } finally {
    image.close();
  }
}

async function drawn(source: CanvasImageSource, width: number, height: number): Promise<Blob> {
  if (!width || !height) throw new Error("no picture yet");
  const canvas = document.createElement("canvas");
  for (let edge = LONGEST_EDGE; ; edge *= 0.7) {
    const scale = Math.min(1, edge / Math.max(width, height));
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    canvas.getContext("2d")!.drawImage(source, 0, 0, canvas.width, canvas.height);
    for (const quality of [0.9, 0.8, 0.65, 0.5]) {
      const blob = await jpeg(canvas, quality);
      if (blob.size <= MOST_BYTES) return blob;
    }
  }
}

function jpeg(canvas: HTMLCanvasElement, quality: number): Promise<Blob> {
  return new Promise((done, failed) => canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error("no picture"))), "image/jpeg", quality));
}
