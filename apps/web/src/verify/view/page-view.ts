import type { Language, SiteReport } from '@vaxel/site'
import type { PageSound } from '../page/page-sound.ts'
import type { Refused } from '../ports.ts'
import type { CheckRun, RunState } from '../run-checks.ts'
import { askView } from './ask-view.ts'
import { headsetView } from './headset-view.ts'
import { fill, make } from './make.ts'
import { RowsView } from './rows-view.ts'
import { type Speech, speechOf } from './speech.ts'
import { verdictView } from './verdict-view.ts'

export interface PageViewOptions {
  readonly root: HTMLElement
  readonly run: CheckRun
  readonly sound: PageSound
  readonly segment: string
  readonly ports: string
  readonly invitation?: string
  readonly keepLanguage: (language: Language) => void
}

const languages: readonly [Language, string][] = [
  ['en', 'English'],
  ['sv', 'Svenska'],
  ['fr', 'Français'],
]

/** Draws the page in a language, until it is drawn in another one. */
export function drawPage(options: PageViewOptions, language: Language): void {
  const { root, run, sound, invitation } = options
  const speech = speechOf(language)
  const { word } = speech
  document.documentElement.lang = language
  document.title = word('pageTitle')
  const choice = make(
    'select',
    { 'aria-label': word('language') },
    ...languages.map(([id, name]) => make('option', { value: id, selected: id === language, lang: id }, name)),
  )
  const ask = askView(speech, options, ({ segment, browsers, phones, extraPorts }) => {
    sound.begin()
    void run.start({
      segment,
      people: { browsers, phones },
      extraPorts,
      ...(invitation === undefined ? {} : { invitation }),
    })
  })
  const status = make('div', { role: 'status', class: 'status' })
  const bar = make('progress', { max: 1, value: 0, 'aria-label': word('progress') })
  const verdict = make('div')
  const rows = new RowsView(speech)
  const headset = headsetView(speech, sound, (found) => run.addDevices(found))
  let said = ''
  let shown: SiteReport | undefined
  const show = (state: RunState): void => {
    ask.lock(state.name === 'running', state.name === 'done')
    rows.show('rows' in state ? state.rows : [])
    bar.hidden = state.name !== 'running'
    headset.hidden = state.name === 'idle' || state.name === 'refused'
    if (state.name === 'running') bar.value = state.share
    const text = statusText(speech, state)
    // Said again only when it is something else: screen readers read every change.
    if (text !== said) fill(status, text !== '' && make('p', { class: state.name === 'refused' ? 'fault' : '' }, text))
    said = text
    if (state.name === 'running' && state.first) status.dataset.first = state.first
    if (state.name !== 'done') {
      shown = undefined
      return fill(verdict)
    }
    const isNew = shown === undefined
    shown = state.report
    fill(
      verdict,
      verdictView(speech, state.report, state.sent, {
        print: () => window.print(),
        download: () => downloadReport(state.report),
        ...(invitation === undefined ? {} : { send: () => void run.send() }),
      }),
    )
    if (isNew) verdict.querySelector<HTMLElement>('#verdict')?.focus()
  }
  const stop = run.state.subscribe(() => show(run.state.get()))
  choice.addEventListener('change', () => {
    const chosen = languages.find(([id]) => id === choice.value)?.[0] ?? 'en'
    stop()
    options.keepLanguage(chosen)
    drawPage(options, chosen)
    document.querySelector<HTMLElement>('header select')?.focus()
  })
  fill(
    root,
    make('header', {}, make('a', { href: '/', class: 'brand' }, 'Vaxel'), choice),
    make(
      'main',
      {},
      make('h1', {}, word('title')),
      make('p', {}, word('intro')),
      invitation !== undefined && make('p', { class: 'quiet' }, word('invited')),
      ask.element,
      bar,
      status,
      verdict,
      rows.element,
      headset,
      make('p', { class: 'quiet foot' }, word('foot')),
    ),
  )
  show(run.state.get())
}

function statusText({ word }: Speech, state: RunState): string {
  if (state.name === 'refused') return refusedText(word, state.by)
  if (state.name !== 'running') return ''
  if (state.first === 'sound-passes') return word('firstDirect')
  return word(state.first === 'sound-passes-by-relay' ? 'firstRelay' : 'running')
}

function refusedText(word: Speech['word'], by: Refused['refused']): string {
  if (by.status === 0) return word('refusedSilent')
  if (/INVITATION/.test(by.code)) return word('refusedInvitation')
  if (by.status === 429 || by.status === 503)
    return word('refusedBusy', { minutes: Math.max(1, Math.ceil((by.retryAfterSeconds ?? 60) / 60)) })
  return word('refusedOther', { title: by.title })
}

function downloadReport(report: SiteReport): void {
  const url = URL.createObjectURL(new Blob([`${JSON.stringify(report, null, 2)}\n`], { type: 'application/json' }))
  const link = make('a', {
    href: url,
    download: `vaxel-site-report-${report.endedAt.slice(0, 16).replace(/[^\d]/g, '')}.json`,
  })
  document.body.appendChild(link)
  link.click()
  link.remove()
  window.setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
