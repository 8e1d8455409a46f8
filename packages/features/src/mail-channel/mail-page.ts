import { createHash } from 'node:crypto'
import type { RepliedBytes } from '@vaxel/contract'
import { type ChannelMail, escapeText, type MailBody, type MailFiles, type MailPart, textToHtml } from '@vaxel/core'
import { readWhole } from './files-of-mail.ts'

const pictures = /^image\/(png|jpe?g|gif|webp|bmp|avif)$/i
/** Of all images in the text; further ones are among the files. */
const mostInlineBytes = 8 * 1024 * 1024
const style =
  ':root{color-scheme:light}body{margin:12px;font:15px/1.5 system-ui,sans-serif;color:#1a1a1a;background:#fff;overflow-wrap:anywhere}img{max-width:100%;height:auto}table{max-width:100%}blockquote{margin:0 0 0 .8ex;border-left:2px solid #ccc;padding-left:1ex;color:#444}pre{white-space:pre-wrap}'

/**
 * A mail as a page for a frame. The HTML was made safe when the mail came; its images are put into the page, so that nothing has to be loaded; images of
 * others are only there when somebody asked for them. The policy that goes with it lets nothing else be loaded and no script run.
 */
export async function mailPage(
  mail: ChannelMail,
  body: MailBody,
  files: MailFiles,
  loadsImages: boolean,
): Promise<RepliedBytes> {
  const html = body.html === undefined ? textToHtml(body.text) : await withImages(mail, body.html, files)
  const shown = loadsImages
    ? html.replace(/\bdata-remote="(https?:[^"]*)"/gi, 'src="$1" referrerpolicy="no-referrer"')
    : html
  const page = `<!doctype html><html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeText(mail.subject)}</title><style>${style}</style></head><body>${shown}</body></html>`
  const bytes = Buffer.from(page)
  return {
    mediaType: 'text/html; charset=utf-8',
    bytes,
    tag: createHash('sha256').update(bytes).digest('base64url').slice(0, 22),
    isForEver: false,
    loads: `style-src 'unsafe-inline'; img-src data:${loadsImages ? ' https: http:' : ''}`,
  }
}

async function withImages(mail: ChannelMail, html: string, files: MailFiles): Promise<string> {
  const wanted = new Set([...html.matchAll(/\bsrc="cid:([^"]*)"/gi)].map(([, id]) => idOf(id!)))
  const found = new Map<string, string>()
  let size = 0
  for (const part of mail.parts) {
    if (part.contentId === undefined || !wanted.has(part.contentId) || !pictures.test(part.mediaType)) continue
    size += part.sizeBytes
    if (size > mostInlineBytes) break
    found.set(part.contentId, await dataOf(mail, part, files))
  }
  return html.replace(/\bsrc="cid:([^"]*)"/gi, (_, id: string) => {
    const data = found.get(idOf(id))
    return data === undefined ? '' : `src="${data}"`
  })
}

async function dataOf(mail: ChannelMail, part: MailPart, files: MailFiles): Promise<string> {
  const content = await readWhole(files, mail.companyId, part)
  return `data:${part.mediaType.toLowerCase()};base64,${content.toString('base64')}`
}

/** Of an address (RFC 2392 §2): percent-encoded, and written into an attribute. */
function idOf(id: string): string {
  const plain = id.replace(/&amp;/g, '&')
  try {
    return decodeURIComponent(plain)
  } catch {
    return plain
  }
}
