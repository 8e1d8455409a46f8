import type { ReactNode } from 'react'
import css from './cards.module.css'
import { classNames } from './class-names.ts'
import { Icon } from './icon.tsx'
import type { IconName } from './icon-name.ts'

export type Tone = 'good' | 'warn' | 'bad' | 'info'

/** A screen: its title, its tools, what it shows. */
export function Page({
  title,
  tools,
  children,
}: {
  readonly title: string
  readonly tools?: ReactNode
  readonly children: ReactNode
}) {
  return (
    <div className={css.page}>
      <header className={css.pageHead}>
        <h1>{title}</h1>
        {tools && <div className={css.pageTools}>{tools}</div>}
      </header>
      {children}
    </div>
  )
}

/** A part of a screen with a frame. */
export function Card({
  title,
  tools,
  isEntry = false,
  children,
}: {
  readonly title?: string
  readonly tools?: ReactNode
  /** One of many, whose title another one may have too: no landmark of the page. */
  readonly isEntry?: boolean
  readonly children: ReactNode
}) {
  const Frame = isEntry ? 'article' : 'section'
  return (
    <Frame className={css.card} {...(title === undefined ? {} : { 'aria-label': title })}>
      {(title !== undefined || tools) && (
        <div className={css.cardHead}>
          {title !== undefined && <h2>{title}</h2>}
          {tools && <div className={css.pageTools}>{tools}</div>}
        </div>
      )}
      {children}
    </Frame>
  )
}

export const Stack = ({ children }: { readonly children: ReactNode }) => <div className={css.stack}>{children}</div>
export const Line = ({ children }: { readonly children: ReactNode }) => <div className={css.line}>{children}</div>
export const Quiet = ({ children }: { readonly children: ReactNode }) => <span className={css.quiet}>{children}</span>
export const VisuallyHidden = ({ children }: { readonly children: ReactNode }) => (
  <span className={css.visuallyHidden}>{children}</span>
)

const toneIcons: Readonly<Record<Tone, IconName>> = { good: 'check', warn: 'warning', bad: 'warning', info: 'info' }

/** A sentence that matters here and now; `isLive` has it read aloud when it comes. */
export function Banner({
  tone = 'info',
  children,
  isLive,
  tools,
}: {
  readonly tone?: Tone
  readonly children: ReactNode
  readonly isLive?: boolean
  readonly tools?: ReactNode
}) {
  return (
    <div
      className={classNames(css.banner, css[tone])}
      {...(isLive ? { role: tone === 'bad' ? 'alert' : 'status' } : {})}
    >
      <span className={css.bannerIcon}>
        <Icon name={toneIcons[tone]} />
      </span>
      <div className={css.bannerText}>{children}</div>
      {tools}
    </div>
  )
}

/** A word or a number that marks something. */
export function Badge({
  tone,
  children,
  isStrong,
}: {
  readonly tone?: Tone
  readonly children: ReactNode
  readonly isStrong?: boolean
}) {
  return <span className={classNames(css.badge, tone && css[tone], isStrong && css.strong)}>{children}</span>
}

/** A person's photo or initials; what stands in `mark` sits at its corner. Says nothing aloud: the name stands beside it. */
export function Avatar({
  name,
  photo,
  size = 36,
  mark,
}: {
  readonly name: string
  readonly photo?: string | undefined
  readonly size?: number
  readonly mark?: ReactNode
}) {
  return (
    <span className={css.avatar} style={{ width: size, height: size, fontSize: size * 0.38 }}>
      {photo === undefined ? (
        <span aria-hidden>{initialsOf(name)}</span>
      ) : (
        <img src={photo} alt="" width={size} height={size} />
      )}
      {mark && <span className={css.avatarMark}>{mark}</span>}
    </span>
  )
}

/** @example initialsOf('Anna Maria Öberg') // 'AÖ' */
function initialsOf(name: string): string {
  const parts = name
    .trim()
    .split(/\s+/)
    .filter((part) => /\p{L}|\p{N}/u.test(part))
  const letters = parts.length > 1 ? [parts[0]!, parts.at(-1)!] : parts
  return letters
    .map((part) => [...part.replace(/^[^\p{L}\p{N}]+/u, '')][0] ?? '')
    .join('')
    .toUpperCase()
}

/** Where there is nothing: what would be here, and what to do. */
export function Empty({
  icon,
  title,
  children,
}: {
  readonly icon: IconName
  readonly title: string
  readonly children?: ReactNode
}) {
  return (
    <div className={css.empty}>
      <span className={css.emptyIcon}>
        <Icon name={icon} size={26} />
      </span>
      <h2>{title}</h2>
      {children}
    </div>
  )
}

/** Pairs of a term and what it is. */
export function Terms({ items }: { readonly items: readonly (readonly [term: string, description: ReactNode])[] }) {
  return (
    <dl className={css.term}>
      {items.map(([term, description]) => (
        <div key={term} style={{ display: 'contents' }}>
          <dt>{term}</dt>
          <dd>{description}</dd>
        </div>
      ))}
    </dl>
  )
}
