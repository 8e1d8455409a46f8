import type { Action } from '../../app/actions.ts'
import type { App } from '../../app/app.ts'
import { chosenStates } from '../own-presence.ts'
import { presenceServices } from '../presence-services.ts'

/** One action for each status, and the way back to what telephones and calendar say. */
export function chooseState(app: App): readonly Action[] {
  const { own } = presenceServices(app)
  return [
    { id: 'presence.automatic', label: ({ presence }) => presence.clear, run: () => own.clear() },
    ...chosenStates.map((state) => ({
      id: `presence.${state}`,
      label: ({ presence }: Parameters<Action['label']>[0]) =>
        presence.set(state === 'offline' ? presence.appearOffline : presence.states[state]),
      run: () => own.choose({ state }),
    })),
  ]
}
