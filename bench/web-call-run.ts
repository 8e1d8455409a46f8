import { join } from 'node:path'
import { becomeInternet, ChromiumPage, HomeNetwork, serverAddress, startPlatform } from '@vaxel/testkit'
import { NetPhone } from '@vaxel/testkit/peers/net-phone'

/** What one run of calls took, milliseconds each. */
export interface WebCallTimes {
  /** A call comes: from the caller's INVITE until the browser rings. */
  readonly ringing: readonly number[]
  /** The person accepts: until each of the two has sound of the other. */
  readonly accepted: readonly number[]
  /** The browser calls: until it hears that it rings. */
  readonly calling: readonly number[]
}

interface BenchPhone {
  register(url: string, uri: string, password: string): Promise<void>
  call(target: string): Promise<{ calledAtMs: number; ringsAtMs: number; soundAtMs: number }>
  answer(): Promise<{ ringsAtMs: number; acceptedAtMs: number; soundAtMs: number }>
}

declare const window: { readonly phone: BenchPhone }

/** The program of the measurement, in a network of its own: prints {@link WebCallTimes} as JSON. Argument: how many calls each way. */
const count = Number(process.argv[2] ?? 10)
const delayMs = 50
becomeInternet()
const platform = await startPlatform({ environment: { VAXEL_BIND: '0.0.0.0', VAXEL_LOG: 'error' } })
const home = await HomeNetwork.make({ kind: 'port-restricted', line: { seed: 1, delayMs } })
const browser = await ChromiumPage.open(join(import.meta.dirname, 'web-call-page/phone.js'), home.addHost())
const desk = await NetPhone.open({ user: '217', port: platform.ports.sip })
const times = { ringing: [] as number[], accepted: [] as number[], calling: [] as number[] }
try {
  await desk.register()
  await browser.page.evaluate(
    (url) => window.phone.register(url, 'sip:216@demo.vaxel.test', 'sip-216'),
    `wss://${serverAddress}:${platform.ports.https}/sip`,
  )
  for (let i = 0; i < count; i++) {
    const answered = browser.page.evaluate(() => window.phone.answer())
    const calledAtMs = Date.now()
    const call = await desk.call('216')
    await call.isAnswered()
    await call.talker.hears(5)
    // The browser's end is told when its sound has begun as well.
    await new Promise((resolve) => setTimeout(resolve, 700))
    call.hangUp()
    const { ringsAtMs, acceptedAtMs, soundAtMs } = await answered
    times.ringing.push(ringsAtMs - calledAtMs)
    times.accepted.push(Math.max(soundAtMs, call.talker.firstReceivedAtMs!) - acceptedAtMs)
    const out = await browser.page.evaluate(() => window.phone.call('sip:217@demo.vaxel.test'))
    times.calling.push(out.ringsAtMs - out.calledAtMs)
  }
  process.stdout.write(`${JSON.stringify(times satisfies WebCallTimes)}\n`)
} finally {
  await browser.close()
  await desk.close()
  await platform.stop()
  await home.close()
}
