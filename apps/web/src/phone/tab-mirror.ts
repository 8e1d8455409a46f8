import type { MirroredCall, PhoneCall } from './phone-state.ts'

/** Messages to and from the other tabs of this browser. */
export interface TabChannel {
  post(message: unknown): void
  onMessage(listener: (message: unknown) => void): () => void
}

/** What a tab is told by another: its calls, or the question for them. */
export interface TabListener {
  readonly asked: () => void
  readonly told: (calls: readonly MirroredCall[]) => void
}

/** Asks the tab that holds the phone for its calls. */
export const askTabs = (channel: TabChannel): void => channel.post({ kind: 'phone.ask' })

/** Tells the other tabs what this one, which holds the phone, is in. */
export function tellTabs(channel: TabChannel, held: readonly PhoneCall[]): void {
  const calls = held.map(
    ({ id, number, name, state }): MirroredCall => ({
      id,
      number,
      ...(name === undefined ? {} : { name }),
      stateName: state.name,
      ...(state.name === 'connected' ? { connectedAtMs: state.sinceMs } : {}),
    }),
  )
  channel.post({ kind: 'phone.calls', calls })
}

/** @returns a function that listens no more */
export function hearTabs(channel: TabChannel, { asked, told }: TabListener): () => void {
  return channel.onMessage((message) => {
    const { kind, calls } = message as { kind?: string; calls?: readonly MirroredCall[] }
    if (kind === 'phone.ask') asked()
    if (kind === 'phone.calls' && calls) told(calls)
  })
}
