import type { Action } from '../../app/actions.ts'
import type { App } from '../../app/app.ts'
import { ofPhone, phoneHolder, phoneState } from '../phone-holder.ts'
import { isOnHold, isRingingHere, isTalking, type PhoneCall } from '../phone-state.ts'

const hasCall = (fits: (call: PhoneCall) => boolean) => ofPhone(({ calls }) => calls.some(fits))
const find = (fits: (call: PhoneCall) => boolean): PhoneCall | undefined => phoneState.get().calls.find(fits)
const active = (): PhoneCall | undefined => {
  const { calls, activeId } = phoneState.get()
  return calls.find(({ id }) => id === activeId)
}

/** What can be done with the telephone from anywhere, with its keys. */
export function phoneActions(app: App): readonly Action[] {
  const phone = () => phoneHolder.get()?.phone
  return [
    {
      id: 'phone.answer',
      label: ({ phone: words }) => words.answer,
      icon: 'call',
      shortcut: 'Alt+A',
      isAllowed: hasCall(isRingingHere),
      run: async () => {
        const ringing = find(isRingingHere)
        if (ringing) await phone()?.answer(ringing.id)
      },
    },
    {
      id: 'phone.reject',
      label: ({ phone: words }) => words.reject,
      icon: 'call-end',
      shortcut: 'Alt+D',
      isAllowed: hasCall(isRingingHere),
      run: () => {
        const ringing = find(isRingingHere)
        if (ringing) phone()?.reject(ringing.id)
      },
    },
    {
      id: 'phone.hangUp',
      label: ({ phone: words }) => words.hangUp,
      icon: 'call-end',
      shortcut: 'Alt+H',
      isAllowed: hasCall((call) => !isRingingHere(call)),
      run: () => {
        const call = active()
        if (call) phone()?.hangUp(call.id)
      },
    },
    {
      id: 'phone.mute',
      label: ({ phone: words }) => (active()?.isMuted ? words.unmute : words.mute),
      icon: 'mic-off',
      shortcut: 'Alt+M',
      isAllowed: hasCall(({ state }) => state.name === 'connected'),
      run: () => phone()?.toggleMute(),
    },
    {
      id: 'phone.hold',
      label: ({ phone: words }) => (hasTalking() ? words.hold : words.retrieve),
      icon: 'pause',
      shortcut: 'Alt+O',
      isAllowed: hasCall(({ state }) => state.name === 'connected'),
      run: () => {
        const call = active()
        if (!call) return
        if (isOnHold(call)) phone()?.retrieve(call.id)
        else phone()?.hold(call.id)
      },
    },
    {
      id: 'phone.swap',
      label: ({ phone: words }) => words.swap,
      icon: 'swap',
      shortcut: 'Alt+S',
      isAllowed: ofPhone(({ calls }) => calls.length > 1 && calls.some(isOnHold)),
      run: () => phone()?.swap(),
    },
    {
      id: 'phone.conference',
      label: ({ phone: words }) => words.conference,
      icon: 'conference',
      isAllowed: ofPhone(({ calls }) => calls.filter(({ state }) => state.name === 'connected').length > 1),
      run: () => phone()?.conference(),
    },
    {
      id: 'phone.redial',
      label: ({ phone: words }) => words.redial(phoneState.get().lastDialled ?? ''),
      icon: 'refresh',
      isAllowed: ofPhone(({ lastDialled, place }) => lastDialled !== undefined && place === 'here'),
      run: () => phone()?.redial(),
    },
    {
      id: 'phone.echo',
      label: ({ phone: words }) => words.echoTest,
      icon: 'mic',
      isAllowed: ofPhone(({ place }) => place === 'here'),
      run: () => phone()?.call('600', app.speech.speech.get().words.phone.echoTest),
    },
  ]
}

const hasTalking = (): boolean => phoneState.get().calls.some(isTalking)
