import type { App } from '../app/app.ts'
import { AudioDevices } from './audio-devices.ts'
import { appVersion } from './app-version.ts'
import { HeadsetLink } from './headset/headset-link.ts'
import { pageHeadsets } from './headset/page-headsets.ts'
import { JsSipPhone } from './jssip-phone.ts'
import { followNewParties } from './new-parties.ts'
import { PageAudio, pageDevices } from './page-audio.ts'
import { pageTabs } from './page-tabs.ts'
import { PhoneViewModel } from './phone-view-model.ts'
import { TabLock } from './tab-lock.ts'
import { chosenLine } from '../telephone/line-choice.ts'
import type { ServerFigures } from './line-quality.ts'

/** The telephone of this page, put together. */
export interface PhoneRuntime {
  readonly phone: PhoneViewModel
  readonly devices: AudioDevices
  readonly headset: HeadsetLink
  readonly audio: PageAudio
  readonly end: () => void
}

/** Of this browser profile, for ever (RFC 5626 §4.1). */
function instanceOf({ kept }: App): string {
  const known = kept.get<string>('phone.instance')
  if (known !== undefined) return known
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  const made = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  kept.set('phone.instance', made)
  return made
}

/** `Vaxel/0.1.0 (Chrome 156)`: what administrators see of a registration. */
function userAgent(): string {
  const [, name = 'browser', version = ''] = /(Firefox|Edg|OPR|Chrome|Safari)\/(\d+)/.exec(navigator.userAgent) ?? []
  return `Vaxel/${appVersion} (${name.replace('Edg', 'Edge').replace('OPR', 'Opera')} ${version})`
}

export function startPhone(app: App): PhoneRuntime {
  const { api, events, kept, clock } = app
  const instanceId = instanceOf(app)
  const tabs = pageTabs(kept, clock)
  const devices: AudioDevices = new AudioDevices({
    list: pageDevices(),
    kept,
    onChosen: (use) => {
      if (use !== 'microphone') return audio.sinksChanged()
      if (phone.state.get().calls.length === 0) return
      audio.forgetMicrophone()
      void phone.microphoneChanged()
    },
  })
  const audio = new PageAudio(() => devices)
  const { protocol, host } = location
  const phone = new PhoneViewModel({
    phone: new JsSipPhone({
      instanceId,
      userAgent: userAgent(),
      defaultSocket: `${protocol.replace('http', 'ws')}//${host}/sip`,
      nowMs: () => clock.nowMs(),
      callsOn: () => chosenLine.get(),
    }),
    api,
    lock: new TabLock(tabs),
    audio,
    kept,
    clock,
    instanceId,
    clientVersion: appVersion,
    channel: tabs.channel,
  })
  const headset = new HeadsetLink(pageHeadsets(), phone)
  const network = () => phone.networkChanged()
  const leave = () => phone.leave()
  const connection = (navigator as Navigator & { readonly connection?: EventTarget }).connection
  addEventListener('online', network)
  connection?.addEventListener('change', network)
  addEventListener('pagehide', leave)
  const stopNotices = [
    events.onNotice('call.quality', ({ data }) => phone.serverSays(data as ServerFigures)),
    // That a line is clear again is told once, and could have been missed.
    events.onLive(() => phone.serverSays({})),
  ]
  const stopNaming = followNewParties({ api, events, clock, phone })
  devices.begin()
  phone.begin()
  headset.begin()
  return {
    phone,
    devices,
    headset,
    audio,
    end: () => {
      removeEventListener('online', network)
      connection?.removeEventListener('change', network)
      removeEventListener('pagehide', leave)
      for (const stop of stopNotices) stop()
      stopNaming()
      headset.end()
      phone.end()
      devices.end()
    },
  }
}
