import type { CompanyId } from '@vaxel/base'
import type { MailBody, MailFile, MailFiles, MailPart, ReadPart } from '@vaxel/core'

/** A whole file. */
export async function readWhole(files: MailFiles, companyId: CompanyId, file: MailFile): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of files.read(companyId, file, 0, file.sizeBytes)) chunks.push(chunk)
  return Buffer.concat(chunks)
}

export const writeBody = (files: MailFiles, companyId: CompanyId, body: MailBody): Promise<MailFile> =>
  files.write(companyId, Buffer.from(JSON.stringify(body)))

export async function readBody(files: MailFiles, companyId: CompanyId, file: MailFile): Promise<MailBody> {
  return JSON.parse((await readWhole(files, companyId, file)).toString('utf8')) as MailBody
}

/** One after another: a mail may have five hundred parts. */
export async function writeParts(
  files: MailFiles,
  companyId: CompanyId,
  parts: readonly ReadPart[],
): Promise<readonly MailPart[]> {
  const written: MailPart[] = []
  for (const { content, ...part } of parts) written.push({ ...part, ...(await files.write(companyId, content)) })
  return written
}

const previewChars = 200

/** The beginning of a text, in one line, without what is quoted. */
export const previewOf = (text: string): string =>
  text
    .slice(0, 20_000)
    .split('\n')
    .filter((line) => !/^\s*>/.test(line))
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, previewChars)
