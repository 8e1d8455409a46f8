import type { Catalogue, Said } from '@vaxel/site'
import { readCatalogue } from '@vaxel/site/file'
import type { CheckSession } from './check-session.ts'

/** The catalogue that the server's check is about, as that server publishes it: read as strictly as any file. */
export async function ownCatalogue(
  session: CheckSession,
  host: string,
  signal?: AbortSignal,
): Promise<
  { readonly ok: true; readonly catalogue: Catalogue } | { readonly ok: false; readonly faults: readonly Said[] }
> {
  const text = await session.catalogueText(session.check.catalogue.id, signal)
  if (text === undefined) return { ok: false, faults: [{ key: 'target-no-catalogue', values: { host } }] }
  const read = readCatalogue(unwrapped(text))
  if (read.ok) return { ok: true, catalogue: read.value }
  return {
    ok: false,
    faults: read.mistakes.slice(0, 20).map(({ path, reason, line = 1 }) => ({
      key: 'file-mistake',
      values: { file: host, line, path, reason },
    })),
  }
}

/** The answer of the API holds the catalogue, or is it. */
function unwrapped(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && 'catalogue' in value ? value.catalogue : text
  } catch {
    return text
  }
}
