import { useId, useState } from 'react'
import { useApp } from '../app/use-app.ts'
import { Button, Quiet } from '../look/index.ts'
import { useFormat, useWords } from '../words/use-words.ts'
import type { Message } from './call-view-model.ts'
import css from './history.module.css'
import { ladderOf, type Rung } from './ladder.ts'

/** Messages as arrows between the server and each peer; each opens to its text. */
export function LadderView({
  messages,
  names = {},
}: {
  readonly messages: readonly Message[]
  /** Whose an address is, where that is known. */
  readonly names?: Readonly<Record<string, string>>
}) {
  const { history } = useWords()
  const { peers, rungs } = ladderOf(messages)
  const [open, setOpen] = useState<number>()
  if (rungs.length === 0) return <Quiet>{history.noMessages}</Quiet>
  const columns = `repeat(${peers.length + 1}, 1fr)`
  const width = { minWidth: `${(peers.length + 1) * 10}rem` }
  return (
    // Wider than a small screen: it scrolls by itself, also by keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable
    <div className={css.ladder} role="group" aria-label={history.ladder} tabIndex={0}>
      <div className={css.heads} style={{ gridTemplateColumns: columns, ...width }}>
        <span className={css.head}>{history.server}</span>
        {peers.map((peer) => (
          <span key={peer} className={css.head}>
            {names[peer] && <span className={css.headName}>{names[peer]}</span>}
            {peer}
          </span>
        ))}
      </div>
      <ol className={css.rungs} style={width}>
        {rungs.map((rung, i) => (
          <RungView
            key={`${rung.message.at} ${i}`}
            rung={rung}
            peers={peers}
            isOpen={open === i}
            onToggle={() => setOpen(open === i ? undefined : i)}
          />
        ))}
      </ol>
    </div>
  )
}

function RungView({
  rung: { message, name, peer, isIn, isError },
  peers,
  isOpen,
  onToggle,
}: {
  readonly rung: Rung
  readonly peers: readonly string[]
  readonly isOpen: boolean
  readonly onToggle: () => void
}) {
  const { history } = useWords()
  const format = useFormat()
  const { toasts } = useApp()
  const id = useId()
  const columns = peers.length + 1
  const at = Date.parse(message.at)
  const time = `${format.time(at)}:${(message.at.slice(17, 23) || '00.000').replace('.', format.language === 'en' ? '.' : ',')}`
  const [from, to] = isIn ? [message.remote, history.server] : [history.server, message.remote]
  const copy = () => {
    void navigator.clipboard.writeText(message.text).then(() => toasts.show({ tone: 'good', text: history.copied }))
  }
  return (
    <li>
      <button
        type="button"
        className={css.rung}
        aria-expanded={isOpen}
        aria-controls={id}
        aria-label={history.message(name, from, to, time)}
        onClick={onToggle}
      >
        <span
          className={`${css.arrow} ${isIn ? css.toServer : css.fromServer} ${isError ? css.error : ''}`}
          style={{ left: `${(0.5 / columns) * 100}%`, width: `${((peer + 1) / columns) * 100}%` }}
        >
          <span className={css.arrowName}>
            {name} <span className={css.under}>{time}</span>
          </span>
        </span>
      </button>
      {isOpen && (
        <div id={id} className={css.text}>
          <Button size="small" icon="copy" onPress={copy}>
            {history.copy}
          </Button>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable */}
          <pre tabIndex={0}>{message.text}</pre>
        </div>
      )}
    </li>
  )
}
