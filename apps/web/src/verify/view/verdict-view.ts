import type { SiteReport } from '@vaxel/site'
import { isRefused } from '../ports.ts'
import type { Sent } from '../run-checks.ts'
import { make } from './make.ts'
import type { Speech } from './speech.ts'

export interface VerdictActions {
  readonly print: () => void
  readonly download: () => void
  readonly send?: () => void
}

/** The end: one word, what it means, what is lost and who can act. */
export function verdictView(
  { word, dateTime }: Speech,
  report: SiteReport,
  sent: Sent,
  actions: VerdictActions,
): HTMLElement {
  const { verdict, coverage, losses } = report.judgement
  const segment = report.segments[0] ?? ''
  return make(
    'section',
    { class: `card verdict ${verdict}`, 'aria-labelledby': 'verdict' },
    make('h2', { id: 'verdict', tabindex: -1 }, word(`verdict-${verdict}`)),
    make('p', {}, word(`means-${verdict}`)),
    make(
      'p',
      { class: 'quiet' },
      word('coverage', {
        proven: coverage.proven,
        required: coverage.required,
        elsewhere: coverage.cannotBeProvenHere,
        segment,
      }),
    ),
    coverage.required === 0 && make('p', {}, word('unjudged')),
    losses.length > 0 && make('h3', {}, word('losses')),
    losses.length > 0 &&
      make(
        'ul',
        { class: 'losses' },
        ...losses.map((loss) =>
          make(
            'li',
            {},
            make('strong', { lang: 'en' }, loss.title),
            ' ',
            make('span', { class: `outcome ${loss.outcome}` }, word(`outcome-${loss.outcome}`)),
            make('p', { lang: 'en' }, loss.lost),
            make('p', { class: 'quiet' }, word('who', { who: word(`owner-${loss.who}`) })),
          ),
        ),
      ),
    make(
      'p',
      { class: 'actions' },
      make('button', { type: 'button', onclick: actions.print }, word('print')),
      make('button', { type: 'button', onclick: actions.download }, word('download')),
      actions.send &&
        sent !== 'sent' &&
        sent !== 'sending' &&
        make('button', { type: 'button', onclick: actions.send }, word('send')),
    ),
    sent !== 'no' &&
      make(
        'p',
        { role: 'status' },
        sent === 'sending'
          ? word('sending')
          : sent === 'sent'
            ? word('sent')
            : isRefused(sent)
              ? word('notSent', { title: sent.refused.title })
              : '',
      ),
    make(
      'p',
      { class: 'quiet' },
      word('madeAt', { at: dateTime(report.endedAt), site: report.site, browser: report.madeBy.on }),
    ),
  )
}
