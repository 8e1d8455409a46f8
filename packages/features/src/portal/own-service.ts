import type { CallId, DeviceId, Refusal } from '@vaxel/base'
import {
  NotFound,
  type OperationReply,
  type OperationRequest,
  type changeMySettings,
  type Principal,
  type readMySettings,
  type readMissedCalls,
} from '@vaxel/contract'
import type {
  Binding,
  BindingStore,
  ConfigurationWriter,
  Device,
  Directory,
  HistoryReader,
  Notices,
  NotificationWishes,
  UserSettings,
} from '@vaxel/core'
import { userIn } from '@vaxel/core'

const usualNotifications: NotificationWishes = {
  incomingCalls: true,
  missedCalls: true,
  chatMessages: true,
  sounds: true,
}
const mostMissed = 100

type SettingsView = OperationReply<typeof readMySettings>

/** What people set and see of their own: language, ringing, notifications, devices, missed calls. */
export class OwnService {
  readonly #configuration: ConfigurationWriter
  readonly #settings: UserSettings
  readonly #bindings: BindingStore
  readonly #history: HistoryReader
  readonly #notices: Notices
  readonly #endBinding: (binding: Binding) => Promise<void>
  readonly #now: () => number

  constructor(options: {
    configuration: ConfigurationWriter
    settings: UserSettings
    bindings: BindingStore
    history: HistoryReader
    notices: Notices
    endBinding: (binding: Binding) => Promise<void>
    now: () => number
  }) {
    this.#configuration = options.configuration
    this.#settings = options.settings
    this.#bindings = options.bindings
    this.#history = options.history
    this.#notices = options.notices
    this.#endBinding = options.endBinding
    this.#now = options.now
  }

  read(principal: Principal): SettingsView | Refusal {
    const user = userIn(this.#configuration.current, principal, principal.userId)
    if (!user) return NotFound()
    const { language, ringSeconds, extension, id, companyId } = user
    const numbers = this.#configuration.current
      .numbersOf(companyId)
      .filter(({ number, target }) => number.startsWith('+') && target.kind === 'user' && target.userId === id)
      .map(({ number }) => number)
    return {
      language,
      ringSeconds,
      notifications: { ...(this.#settings.get(id, 'notifications') ?? usualNotifications) },
      ...(extension === undefined ? {} : { extension }),
      numbers,
      hasVoicemail: this.#configuration.current
        .numbersOf(companyId)
        .some(({ target }) => target.kind === 'service' && target.service === 'voicemail'),
    }
  }

  async change(
    principal: Principal,
    { language, ringSeconds, notifications }: OperationRequest<typeof changeMySettings>['body'],
    address: string,
  ): Promise<SettingsView | Refusal> {
    const user = userIn(this.#configuration.current, principal, principal.userId)
    if (!user) return NotFound()
    if (language !== undefined || ringSeconds !== undefined) {
      const refusal = await this.#configuration.change({ by: `user:${principal.userId}`, address }, (current) => {
        const before = current.user(user.id)
        if (!before) return NotFound()
        const after = {
          ...before,
          ...(language === undefined ? {} : { language }),
          ...(ringSeconds === undefined ? {} : { ringSeconds }),
        }
        return [{ kind: 'user', before, after }]
      })
      if (refusal) return refusal
    }
    if (notifications) {
      const { id: userId, companyId } = user
      await this.#settings.put({ userId, companyId, kind: 'notifications', value: notifications })
    }
    return this.read(principal)
  }

  async renameDevice(
    principal: Principal,
    deviceId: string,
    label: string,
    address: string,
  ): Promise<Device | Refusal> {
    let after: Device | undefined
    // On the device as it is then: a secret that is issued anew meanwhile stays the one that counts.
    const refusal = await this.#configuration.change({ by: `user:${principal.userId}`, address }, (current) => {
      const before = ownDevice(current, principal, deviceId)
      if (!before) return NotFound()
      after = { ...before, label }
      return [{ kind: 'device', before, after }]
    })
    return refusal ?? after!
  }

  async disconnectDevice(principal: Principal, deviceId: string): Promise<Refusal | undefined> {
    const device = ownDevice(this.#configuration.current, principal, deviceId)
    if (!device) return NotFound()
    for (const binding of this.#bindings.ofUser(device.userId))
      if (binding.deviceId === device.id) await this.#endBinding(binding)
    return undefined
  }

  async missed(principal: Principal): Promise<OperationReply<typeof readMissedCalls> | Refusal> {
    const user = userIn(this.#configuration.current, principal, principal.userId)
    if (!user) return NotFound()
    const upTo = this.#settings.get(user.id, 'callsSeen')?.upTo
    const calls = await this.#history.calls({
      companyId: user.companyId,
      userId: user.id,
      missedBy: user.id,
      limit: mostMissed,
      ...(upTo === undefined ? {} : { after: upTo }),
    })
    return { count: calls.length, ...(upTo === undefined ? {} : { upTo }) }
  }

  async seeMissed(principal: Principal, upTo: string): Promise<Refusal | undefined> {
    const user = userIn(this.#configuration.current, principal, principal.userId)
    if (!user) return NotFound()
    const { id: userId, companyId } = user
    const before = this.#settings.get(userId, 'callsSeen')?.upTo
    // Identifiers sort by time; what was seen stays seen.
    if (before !== undefined && before >= upTo) return undefined
    await this.#settings.put({ userId, companyId, kind: 'callsSeen', value: { upTo: upTo as CallId } })
    this.#notices.publish({ companyId, kind: 'calls.seen', data: { upTo }, atMs: this.#now(), to: [userId] })
    return undefined
  }
}

function ownDevice(current: Directory, { userId }: Principal, deviceId: string): Device | undefined {
  const device = current.device(deviceId as DeviceId)
  return device?.userId === userId ? device : undefined
}
