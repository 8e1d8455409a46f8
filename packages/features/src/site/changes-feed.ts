import { createHash } from 'node:crypto'
import type { RepliedBytes } from '@vaxel/contract'
import { type Catalogue, describeChanges, diffCatalogues, type Language } from '@vaxel/site'
import type { CatalogueShelf } from './catalogue-shelf.ts'

/** Entries of the feed; a reader asks often enough to miss none. */
const mostEntries = 50

const titles: Readonly<Record<Language, string>> = {
  en: 'What sites have to meet: changes',
  sv: 'Vad platser måste uppfylla: ändringar',
  fr: 'Ce que les sites doivent satisfaire : modifications',
}

/** Changes between neighbouring versions of every catalogue as an Atom feed (RFC 4287). */
export class ChangesFeed {
  readonly #shelf: CatalogueShelf
  readonly #made = new Map<Language, { revision: number; reply: RepliedBytes }>()

  constructor(shelf: CatalogueShelf) {
    this.#shelf = shelf
  }

  read(language: Language): RepliedBytes {
    const known = this.#made.get(language)
    if (known?.revision === this.#shelf.revision) return known.reply
    const bytes = new TextEncoder().encode(this.#write(language))
    const tag = createHash('sha256').update(bytes).digest('base64url').slice(0, 22)
    const reply = { mediaType: 'application/atom+xml', bytes, tag, isForEver: false }
    this.#made.set(language, { revision: this.#shelf.revision, reply })
    return reply
  }

  #write(language: Language): string {
    const steps = this.#shelf.ids
      .flatMap((id) => {
        const versions = this.#shelf.versionsOf(id)
        return versions.map((after, index) => ({ after, before: versions[index - 1] }))
      })
      .sort((a, b) => (a.after.version < b.after.version ? 1 : -1))
      .slice(0, mostEntries)
    const updated = steps[0] ? timeOf(steps[0].after) : '1970-01-01T00:00:00Z'
    return [
      '<?xml version="1.0" encoding="utf-8"?>',
      `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${language}">`,
      '<id>urn:vaxel:site:changes</id>',
      `<title>${escaped(titles[language])}</title>`,
      `<updated>${updated}</updated>`,
      '<author><name>Vaxel</name></author>',
      '<link rel="self" href="/api/v1/site/changes.atom"/>',
      ...steps.flatMap(({ before, after }) => [
        '<entry>',
        `<id>urn:vaxel:site:${escaped(after.id)}:${after.version}</id>`,
        `<title>${escaped(`${after.title} ${after.version}`)}</title>`,
        `<updated>${timeOf(after)}</updated>`,
        `<link href="/api/v1/site/catalogues/${escaped(after.id)}?version=${after.version}"/>`,
        `<content type="text">${escaped(before ? describeChanges(diffCatalogues(before, after), language) : after.title)}</content>`,
        '</entry>',
      ]),
      '</feed>',
      '',
    ].join('\n')
  }
}

const timeOf = ({ publishedAt }: Catalogue): string => `${publishedAt}T00:00:00Z`

/** For text and attributes; what XML 1.0 cannot hold is left out. */
const escaped = (text: string): string =>
  text
    .replace(/[^\t\n\r\p{L}\p{M}\p{N}\p{P}\p{S}\p{Z}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
