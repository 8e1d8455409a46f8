import type { MouseEvent, ReactNode } from 'react'
import { useApp } from './use-app.ts'

/** A link to another page of the app; with Ctrl, Shift or the middle button it opens as any link does. */
export function Link({
  to,
  children,
  className,
  label,
  isCurrent,
}: {
  readonly to: string
  readonly children: ReactNode
  readonly className?: string | undefined
  readonly label?: string
  readonly isCurrent?: boolean
}) {
  const { router } = useApp()
  const follow = (event: MouseEvent) => {
    if (
      event.defaultPrevented ||
      event.button !== 0 ||
      event.metaKey ||
      event.ctrlKey ||
      event.shiftKey ||
      event.altKey
    )
      return
    event.preventDefault()
    router.go(to)
  }
  return (
    <a
      href={to}
      onClick={follow}
      className={className}
      {...(label === undefined ? {} : { 'aria-label': label })}
      {...(isCurrent ? { 'aria-current': 'page' as const } : {})}
    >
      {children}
    </a>
  )
}
