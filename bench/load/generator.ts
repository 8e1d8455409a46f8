/** The load's own process: takes orders from its parent and answers each. Started by load.ts. */
import { type Line, openTlsLine, openUdpLine } from './line.ts'
import { type Machine, machineOf } from './machine-time.ts'
import type { Climb, OrderName, Orders } from './orders.ts'
import { type PhoneBank, PhoneBank as Bank, type Tally } from './phone-bank.ts'
import { loadNumber, loadPassword, loadUser } from './population.ts'
import { RtpBank } from './rtp-bank.ts'
import { climb, runStep, type StepResult } from './steps.ts'

interface Opened {
  readonly machine: Machine
  readonly phones: PhoneBank
  readonly trunk: PhoneBank | undefined
  readonly lines: readonly Line[]
  readonly audio: RtpBank | undefined
  readonly userAt: (index: number) => string
}

/** Calls without audio: nobody is at this port. */
const silentSdp =
  'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 9 RTP/AVP 8 0\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:0 PCMU/8000\r\na=sendrecv\r\n'

let opened: Opened | undefined
let next = 0

function current(): Opened {
  if (!opened) throw new Error('the load has no server yet')
  return opened
}

async function open(order: Orders['open']['order']): Promise<null> {
  const { firstUser = 0 } = order
  const audio = order.audio && (await RtpBank.open(order.audio === 'srtp'))
  const newBank = () =>
    new Bank({
      domain: order.domain,
      passwordOf: loadPassword,
      sdp: ({ callId, offer }) => audio?.sdp(callId, offer) ?? silentSdp,
      onSdp: ({ callId, sdp }) => audio?.add(callId, sdp),
    })
  const phones = newBank()
  const phoneLine = await openLine(order, order.phonePort, phones)
  phones.line = phoneLine
  const lines = [phoneLine]
  let trunk: PhoneBank | undefined
  if (order.trunkPort !== undefined) {
    trunk = newBank()
    const line = await openLine({ ...order, transport: 'UDP' }, order.trunkPort, trunk)
    trunk.line = line
    lines.push(line)
  }
  opened = {
    machine: machineOf(order.serverPid),
    phones,
    trunk,
    lines,
    audio,
    userAt: (index) => loadUser(firstUser + index),
  }
  return null
}

const openLine = (
  { transport, serverPort }: Pick<Orders['open']['order'], 'transport' | 'serverPort'>,
  localPort: number,
  bank: PhoneBank,
): Promise<Line> => {
  const receive = (message: string) => bank.receive(message)
  return transport === 'TLS' ? openTlsLine({ serverPort, receive }) : openUdpLine({ localPort, serverPort, receive })
}

function registerAt(users: number, rate: number, seconds: number): Promise<StepResult> {
  const { phones, machine, userAt } = current()
  const begin = (tally: Tally) => phones.register(userAt(next++ % users), tally)
  return runStep({ bank: phones, rate, seconds, machine, begin })
}

/** @param calls so many that stay; undefined: each is cleared at once */
function callAt(of: {
  users: number
  rate: number
  seconds: number
  by: 'trunk' | 'phone'
  calls?: number
}): Promise<StepResult> {
  const { phones, trunk, machine, userAt } = current()
  const bank = of.by === 'trunk' ? trunk : phones
  if (!bank) throw new Error('the load has no trunk')
  const begin = (tally: Tally): void => {
    const callee = userAt(next % of.users)
    const caller = of.by === 'trunk' ? '+46855512345' : userAt((next + 1) % of.users)
    next++
    bank.call(
      caller,
      of.by === 'trunk' ? loadNumber(callee) : callee,
      tally,
      of.calls === undefined ? 0 : Number.POSITIVE_INFINITY,
    )
  }
  const { calls } = of
  if (calls === undefined) return runStep({ bank, rate: of.rate, seconds: of.seconds, machine, begin })
  const isSettled = (tally: Tally) => tally.answeredAfterMs.length + tally.failed >= calls && bank.isQuiet
  return runStep({ bank, rate: of.rate, seconds: calls / of.rate, machine, begin, isSettled })
}

const climbing = (order: Climb, run: (rate: number) => Promise<StepResult>): Promise<StepResult[]> => climb(order, run)

async function hangUp(): Promise<StepResult> {
  const { phones, trunk, machine, audio } = current()
  audio?.clear()
  const bank = phones.open > 0 || trunk === undefined ? phones : trunk
  phones.hangUp()
  trunk?.hangUp()
  return await runStep({
    bank,
    rate: 1,
    seconds: 0,
    machine,
    begin: () => {},
    isSettled: () => phones.open + (trunk?.open ?? 0) === 0,
  })
}

async function close(): Promise<null> {
  opened?.audio?.close()
  for (const line of opened?.lines ?? []) await line.close()
  opened = undefined
  return null
}

const perform: { [Name in OrderName]: (order: Orders[Name]['order']) => Promise<Orders[Name]['answer']> } = {
  open,
  registerEach: ({ from, to, rate }) => {
    next = from
    return registerAt(Number.MAX_SAFE_INTEGER, rate, (to - from) / rate)
  },
  registerAt: ({ users, rate, seconds }) => registerAt(users, rate, seconds),
  registerClimb: (order) => climbing(order, (rate) => registerAt(order.users, rate, order.stepSeconds)),
  callAt: (order) => callAt(order),
  callClimb: (order) =>
    climbing(order, (rate) => callAt({ users: order.users, rate, seconds: order.stepSeconds, by: order.by })),
  hold: ({ users, calls, rate, by }) => callAt({ users, rate, seconds: 0, by, calls }),
  talk: ({ seconds }) => {
    const { audio, machine } = current()
    if (!audio) throw new Error('the load has no audio')
    return audio.talk(seconds, () => machine.read())
  },
  hangUp,
  close,
}

process.on('message', ({ id, name, order }: { id: number; name: OrderName; order: never }) => {
  perform[name](order).then(
    (answer) => process.send?.({ id, answer }),
    (error: unknown) => process.send?.({ id, error: error instanceof Error ? error.message : String(error) }),
  )
})
// The parent is gone: nothing is to be left of its load.
process.on('disconnect', () => process.exit(0))
