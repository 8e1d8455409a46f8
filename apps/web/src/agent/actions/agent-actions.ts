import type { Action } from '../../app/actions.ts'
import type { App } from '../../app/app.ts'
import { derive } from '../../base/cell.ts'
import { currentOf, type DeskState } from '../agent-desk.ts'
import { consoleView } from '../agent-holder.ts'
import type { AgentRuntime } from '../agent-services.ts'
import { reasonName } from '../reason-name.ts'
import type { WorkItem } from '../work.ts'

const extendSeconds = 60

/** What an agent does from anywhere, with its keys. */
export function agentActions(app: App, { desk, crm }: AgentRuntime): readonly Action[] {
  const when = (fits: (state: DeskState) => boolean) => derive([desk.state], () => fits(desk.state.get()))
  const current = () => currentOf(desk.state.get())
  const toConsole = () => {
    if (!app.router.location.get().path.startsWith('/agent')) app.router.go('/agent')
  }
  const isIn = (state: DeskState): boolean => state.desk !== undefined && state.desk.agent.state !== 'loggedOff'
  const offerToAnswer = ({ desk: place }: DeskState) => place?.offers.find(({ isByTelephone }) => !isByTelephone)
  const hasCurrent = (...states: readonly string[]) => when((state) => states.includes(currentOf(state)?.state ?? ''))
  const see = (part: 'list' | 'item' | 'customer') => {
    toConsole()
    consoleView.part.set(part)
  }
  return [
    {
      id: 'agent.show',
      label: ({ agent }) => agent.keys.show,
      icon: 'headset',
      shortcut: 'Alt+W',
      run: toConsole,
    },
    {
      id: 'agent.accept',
      label: ({ agent }) => agent.keys.accept,
      icon: 'check',
      shortcut: 'Alt+Shift+A',
      isAllowed: when((state) => offerToAnswer(state) !== undefined),
      run: async () => {
        const offer = offerToAnswer(desk.state.get())
        if (!offer) return
        await desk.answer(offer, 'accept')
        see('item')
      },
    },
    {
      id: 'agent.decline',
      label: ({ agent }) => agent.keys.decline,
      icon: 'close',
      shortcut: 'Alt+Shift+D',
      isAllowed: when((state) => offerToAnswer(state) !== undefined),
      run: async () => {
        const offer = offerToAnswer(desk.state.get())
        if (offer) await desk.answer(offer, 'decline')
      },
    },
    {
      id: 'agent.ready',
      label: ({ agent }) => agent.keys.ready,
      icon: 'play',
      shortcut: 'Alt+R',
      isAllowed: when(isIn),
      run: async () => {
        const { desk: place } = desk.state.get()
        if (place?.agent.state === 'notReady' || place?.agent.next !== undefined) await desk.ready()
        else await desk.notReady(desk.state.get().place?.reasons[0]?.id)
      },
    },
    ...(desk.state.get().place?.reasons ?? []).slice(0, 9).map(
      (reason, index): Action => ({
        id: `agent.notReady ${reason.id}`,
        label: (words) => words.agent.notReadyFor(reasonName(reason, words)),
        icon: 'pause',
        shortcut: `Alt+Shift+${index + 1}`,
        isAllowed: when(isIn),
        run: () => desk.notReady(reason.id),
      }),
    ),
    {
      id: 'agent.logOff',
      label: ({ agent }) => agent.logOff,
      icon: 'log-out',
      isAllowed: when(isIn),
      run: () => desk.logOff(),
    },
    {
      id: 'agent.next',
      label: ({ agent }) => agent.keys.next,
      icon: 'chevron-down',
      shortcut: 'Alt+J',
      isAllowed: when(isIn),
      run: () => {
        see('item')
        desk.chooseBeside(1)
      },
    },
    {
      id: 'agent.before',
      label: ({ agent }) => agent.keys.before,
      icon: 'chevron-right',
      shortcut: 'Alt+Shift+J',
      isAllowed: when(isIn),
      run: () => {
        see('item')
        desk.chooseBeside(-1)
      },
    },
    {
      id: 'agent.take',
      label: ({ agent }) => agent.keys.take,
      icon: 'hand',
      shortcut: 'Alt+Shift+T',
      isAllowed: when((state) => state.waiting.some(takeableIn(state))),
      run: async () => {
        const first = desk.state.get().waiting.find(takeableIn(desk.state.get()))
        if (!first) return
        await desk.command(first.id, 'take')
        see('item')
      },
    },
    {
      id: 'agent.finish',
      label: ({ agent }) => agent.keys.finish,
      icon: 'check',
      shortcut: 'Alt+Shift+F',
      isAllowed: when((state) => {
        const item = currentOf(state)
        return item?.state === 'assigned' && item.channel !== 'call'
      }),
      run: async () => {
        const item = current()
        if (item) await desk.command(item.id, 'finish')
        see('item')
        consoleView.noteFocus.update((count) => count + 1)
      },
    },
    {
      id: 'agent.extend',
      label: ({ agent }) => agent.keys.extend,
      icon: 'clock',
      shortcut: 'Alt+Shift+E',
      isAllowed: hasCurrent('wrappingUp'),
      run: async () => {
        const item = current()
        if (item) await desk.command(item.id, 'extendWrapUp', { seconds: extendSeconds })
      },
    },
    {
      id: 'agent.keep',
      label: ({ agent }) => (current()?.state === 'kept' ? agent.resume : agent.keepAside),
      icon: 'pin',
      shortcut: 'Alt+Shift+K',
      isAllowed: when((state) => {
        const item = currentOf(state)
        return item !== undefined && item.channel !== 'call' && (item.state === 'assigned' || item.state === 'kept')
      }),
      run: async () => {
        const item = current()
        if (item) await desk.command(item.id, item.state === 'kept' ? 'resume' : 'keepAside')
      },
    },
    {
      id: 'agent.note',
      label: ({ agent }) => agent.keys.note,
      icon: 'edit',
      shortcut: 'Alt+Shift+N',
      isAllowed: hasCurrent('assigned', 'wrappingUp', 'kept'),
      run: () => {
        see('item')
        consoleView.noteFocus.update((count) => count + 1)
      },
    },
    {
      id: 'agent.texts',
      label: ({ agent }) => agent.keys.texts,
      icon: 'search',
      shortcut: 'Alt+T',
      isAllowed: when(isIn),
      run: () => {
        see('customer')
        consoleView.side.set('texts')
        consoleView.textFocus.update((count) => count + 1)
      },
    },
    {
      id: 'agent.crm',
      label: ({ agent }) => agent.crm.open,
      icon: 'external',
      shortcut: 'Alt+Shift+C',
      isAllowed: when((state) => state.place?.popsAt !== undefined),
      run: () => {
        if (!crm.openByHand()) app.toasts.show({ tone: 'warn', text: app.speech.speech.get().words.agent.crm.blocked })
      },
    },
    {
      id: 'agent.keys',
      label: ({ agent }) => agent.keys.title,
      icon: 'command',
      shortcut: 'Alt+K',
      run: () => {
        toConsole()
        consoleView.sheet.set('keys')
      },
    },
  ]
}

/** Calls come by themselves: nobody takes one out of the ear of a queue, nor what was given to somebody else. */
export const takeableIn =
  ({ desk }: Pick<DeskState, 'desk'>) =>
  ({ channel, state, onlyAgentId }: Pick<WorkItem, 'channel' | 'state' | 'onlyAgentId'>): boolean =>
    channel !== 'call' && state === 'waiting' && (onlyAgentId === undefined || onlyAgentId === desk?.agent.userId)
