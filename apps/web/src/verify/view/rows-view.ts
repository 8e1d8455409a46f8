import type { Outcome } from '@vaxel/site'
import { type Group, groups, type Row } from '../conclude/row.ts'
import type { WordKey } from '../words.ts'
import { fill, make } from './make.ts'
import type { Speech } from './speech.ts'

/** Shapes beside the words, so that no outcome is told by colour alone. */
const marks: Readonly<Record<Outcome, string>> = {
  pass: '✓',
  limit: '!',
  fail: '✕',
  inconclusive: '?',
  'not-tested': '–',
  'not-applicable': '–',
  stale: '?',
}

interface Section {
  readonly section: HTMLElement
  readonly list: HTMLElement
  /** Folded away: what nobody has to read one by one. */
  readonly rest: HTMLElement
  readonly summary: HTMLElement
}

/** Everything that was looked at, by groups. Lines that did not change are left as they are, opened details too. */
export class RowsView {
  readonly element = make('div', { class: 'rows' })
  readonly #speech: Speech
  readonly #sections = new Map<Group, Section>()
  readonly #shown = new Map<string, { text: string; item: HTMLElement }>()

  constructor(speech: Speech) {
    this.#speech = speech
  }

  show(rows: readonly Row[]): void {
    const ids = new Set(rows.map(({ id }) => id))
    for (const [id, { item }] of this.#shown)
      if (!ids.has(id)) {
        item.remove()
        this.#shown.delete(id)
      }
    for (const group of groups) {
      const own = rows.filter((row) => row.group === group)
      if (own.length === 0) {
        this.#sections.get(group)?.section.remove()
        this.#sections.delete(group)
      } else this.#showGroup(group, own)
    }
  }

  #showGroup(group: Group, rows: readonly Row[]): void {
    const { list, rest, summary } = this.#sections.get(group) ?? this.#addSection(group)
    const isMinor = ({ id, result }: Row): boolean => id.startsWith('port:') && result.outcome === 'pass'
    const minor = rows.filter(isMinor)
    fill(summary, this.#speech.word('eachPort', { count: minor.length }))
    rest.parentElement!.hidden = minor.length === 0
    this.#showList(
      list,
      rows.filter((row) => !isMinor(row)),
    )
    this.#showList(rest, minor)
  }

  #showList(list: HTMLElement, rows: readonly Row[]): void {
    for (const [i, row] of rows.entries()) {
      const text = JSON.stringify(row)
      const known = this.#shown.get(row.id)
      const item = known?.item ?? make('li')
      if (known?.text !== text) fill(item, ...this.#content(row))
      this.#shown.set(row.id, { text, item })
      if (list.children[i] !== item) list.insertBefore(item, list.children[i] ?? null)
    }
  }

  #addSection(group: Group): Section {
    const [list, rest, summary] = [make('ul'), make('ul'), make('summary')]
    const folded = make('details', { hidden: true }, summary, rest)
    const section = make(
      'section',
      { class: 'card' },
      make('h2', {}, this.#speech.word(`group-${group}`)),
      list,
      folded,
    )
    const entry = { section, list, rest, summary }
    this.#sections.set(group, entry)
    const later = groups.slice(groups.indexOf(group) + 1).find((one) => this.#sections.has(one))
    this.element.insertBefore(section, later ? this.#sections.get(later)!.section : null)
    return entry
  }

  #content({ id, result }: Row): HTMLElement[] {
    const { word, finding } = this.#speech
    const { outcome, target, sample, measured = [], evidence = {} } = result
    const score = measured.filter(({ unit }) => unit === 'mos')
    const lines = Object.entries(evidence)
    return [
      make('span', { class: `mark ${outcome}`, 'aria-hidden': 'true' }, marks[outcome]),
      make(
        'div',
        { class: 'line' },
        make(
          'p',
          { class: 'head' },
          make('strong', {}, this.#title(id)),
          make('span', { class: `outcome ${outcome}` }, word(`outcome-${outcome}`)),
        ),
        make('p', {}, finding(result.finding)),
        sample && make('p', { class: 'quiet' }, finding(sample)),
        score.length > 0 &&
          make(
            'p',
            { class: 'quiet' },
            word('score', {
              formula: score[0]?.definition ?? '',
              up: score.find(({ name }) => name === 'mos-up')?.value ?? '–',
              down: score.find(({ name }) => name === 'mos-down')?.value ?? '–',
            }),
          ),
        (target !== '' || lines.length > 0) &&
          make(
            'details',
            {},
            make('summary', {}, word('details')),
            make('pre', {}, [target, ...lines.map(([name, value]) => `${name}: ${value}`)].filter(Boolean).join('\n')),
          ),
      ),
    ]
  }

  #title(id: string): string {
    const [kind = '', rest = ''] = id.split(':', 2)
    if (kind === 'port' || kind === 'extra') return this.#speech.word('row-port', { port: rest })
    if (kind === 'relay') return this.#speech.word('row-relay', { way: rest.toUpperCase() })
    return this.#speech.word(`row-${kind}` as WordKey)
  }
}
