import { make, fill } from './make.ts'
import { readPorts } from './read-ports.ts'
import type { Speech } from './speech.ts'

/** What the person says before the check. */
export interface Asked {
  readonly segment: string
  readonly browsers: boolean
  readonly phones: boolean
  readonly extraPorts: readonly number[]
}

/** The form; it calls back only with what is right, and says beside the field what is not. */
export function askView(
  { word }: Speech,
  before: { readonly segment: string; readonly ports: string },
  start: (asked: Asked) => void,
): { readonly element: HTMLElement; readonly lock: (isLocked: boolean, isAgain: boolean) => void } {
  const segment = make('input', {
    id: 'segment',
    type: 'text',
    maxlength: 80,
    value: before.segment,
    autocomplete: 'off',
    'aria-describedby': 'segment-help',
  })
  const browsers = make('input', { type: 'checkbox', id: 'browsers', checked: true })
  const phones = make('input', { type: 'checkbox', id: 'phones', checked: true })
  const ports = make('input', {
    id: 'ports',
    type: 'text',
    inputmode: 'numeric',
    value: before.ports,
    autocomplete: 'off',
    'aria-describedby': 'ports-help ports-fault',
  })
  const peopleFault = make('p', { class: 'fault', role: 'alert' })
  const portsFault = make('p', { class: 'fault', id: 'ports-fault', role: 'alert' })
  const button = make('button', { type: 'submit', class: 'main' }, word('start'))
  const more = make(
    'details',
    { open: before.ports !== '' },
    make('summary', {}, word('extra')),
    make('label', { for: 'ports' }, word('extraPorts')),
    ports,
    make('p', { class: 'quiet', id: 'ports-help' }, word('extraHelp')),
    portsFault,
    make('button', { type: 'button', onclick: () => (ports.value = '5061, 55555') }, word('extraPreset')),
    make('p', { class: 'quiet' }, word('extraConflict')),
  )
  const submit = (event: Event): void => {
    event.preventDefault()
    const read = readPorts(ports.value)
    const isNobody = !browsers.checked && !phones.checked
    fill(peopleFault, isNobody && word('peopleNone'))
    fill(portsFault, read.wrong.length > 0 && word('extraWrong', { wrong: read.wrong.join(', ') }))
    if (isNobody) return browsers.focus()
    if (read.wrong.length > 0) {
      more.open = true
      return ports.focus()
    }
    start({
      segment: segment.value.trim() || word('segmentDefault'),
      browsers: browsers.checked,
      phones: phones.checked,
      extraPorts: read.ports,
    })
  }
  const fields = make(
    'fieldset',
    { class: 'plain' },
    make('legend', { class: 'hidden' }, word('start')),
    make('label', { for: 'segment' }, word('segment')),
    segment,
    make('p', { class: 'quiet', id: 'segment-help' }, word('segmentHelp')),
    make(
      'fieldset',
      { class: 'people' },
      make('legend', {}, word('people')),
      make('label', { class: 'choice' }, browsers, word('byBrowser')),
      make('label', { class: 'choice' }, phones, word('byPhone')),
      peopleFault,
    ),
    more,
    button,
  )
  return {
    element: make('form', { class: 'card ask', novalidate: true, onsubmit: submit }, fields),
    lock: (isLocked, isAgain) => {
      fields.disabled = isLocked
      fill(button, word(isLocked ? 'running' : isAgain ? 'again' : 'start'))
    },
  }
}
