import type { Action } from '../app/actions.ts'
import type { Value } from '../base/cell.ts'
import { derive } from '../base/cell.ts'
import { phoneState } from '../phone/phone-holder.ts'
import { activeOf } from './attendant-calls.ts'

/** What the screen does for its keys. */
export interface AttendantCommands {
  readonly hasPerson: Value<boolean>
  find(): void
  give(): void
  ask(): void
  park(): void
  toVoicemail(): void
  message(): void
}

/** Keys of the attendant, while the screen is open. Enter and Shift+Enter do the same while the field has the focus. */
export function attendantActions(commands: AttendantCommands): readonly Action[] {
  const { hasPerson } = commands
  const hasCall = derive([phoneState], () => activeOf(phoneState.get()) !== undefined)
  const hasBoth = derive([hasPerson, hasCall], () => hasPerson.get() && hasCall.get())
  return [
    {
      id: 'attendant.find',
      label: ({ attendant }) => attendant.find,
      icon: 'search',
      shortcut: 'Alt+F',
      run: () => commands.find(),
    },
    {
      id: 'attendant.give',
      label: ({ attendant }) => attendant.give,
      icon: 'transfer',
      shortcut: 'Alt+Enter',
      isAllowed: hasPerson,
      run: () => commands.give(),
    },
    {
      id: 'attendant.ask',
      label: ({ attendant }) => attendant.ask,
      icon: 'call',
      shortcut: 'Alt+Shift+Enter',
      isAllowed: hasPerson,
      run: () => commands.ask(),
    },
    {
      id: 'attendant.park',
      label: ({ attendant }) => attendant.park,
      icon: 'archive',
      shortcut: 'Alt+Shift+P',
      isAllowed: hasCall,
      run: () => commands.park(),
    },
    {
      id: 'attendant.voicemail',
      label: ({ attendant }) => attendant.toVoicemail,
      icon: 'voicemail',
      shortcut: 'Alt+V',
      isAllowed: hasBoth,
      run: () => commands.toVoicemail(),
    },
    {
      id: 'attendant.message',
      label: ({ attendant }) => attendant.message.title,
      icon: 'chat',
      shortcut: 'Alt+Shift+M',
      isAllowed: hasPerson,
      run: () => commands.message(),
    },
  ]
}
