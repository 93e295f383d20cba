/** The user's workbook, read at once: saved again on disk before it is confirmed, it would no longer be readable. */

export interface RosterFile {
  name: string;
  data: Blob;
}

const MOST_BYTES = 5 * 1024 * 1024;

export class WrongFile extends Error {}

/** Raises WrongFile with a sentence for people. */
export async function takeFile(file: File): Promise<RosterFile> {
  if (!/\.xlsx?$/i.test(file.name)) throw new WrongFile("请选择 .xls 或 .xlsx 格式的文件；其他表格请另存为这两种格式后再选择。");
  if (file.size > MOST_BYTES) throw new WrongFile("文件超过 5M。名单每班最多 500 人，请删除图片和多余的工作表后再选择。");
  if (file.size === 0) throw new WrongFile("文件是空的，请检查后重新选择。");
  try {
    return { name: file.name, data: new Blob([await file.arrayBuffer()]) };
  } catch {
    throw new WrongFile("文件读不出来，请确认它没有被移动或正被其他程序占用，再重新选择。");
  }
}
