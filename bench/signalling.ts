import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { FreePorts, Program, startPlatform, temporaryFolder } from '@vaxel/testkit'
import { cpuSeconds, familySeconds, type Figure, type Measurement, residentBytes } from './figure.ts'
import { sipp } from './sipp.ts'
import { answer, callWithDigest, callWithoutDigest, register } from './sipp-scenarios.ts'

const calls = 2000
const callRate = 200
const registrations = 4000
const registerRate = 1000

/** Registrations and calls a second are fixed and well below the knee: what is compared is the CPU that they cost. */
export const signalling: Measurement = {
  name: 'signalling',
  async run(progress) {
    return [...(await vaxel(progress)), ...(await kamailio(progress))]
  },
}

async function vaxel(progress: (line: string) => void): Promise<Figure[]> {
  const platform = await startPlatform({ environment: { VAXEL_MEDIA_PORTS: '33000-65000' } })
  const ports = await FreePorts.claim()
  const [callerPort, calleePort] = [await ports.port(), await ports.port()]
  const keys = { caller: '202', contact_port: String(calleePort) }
  const login = { username: '202', password: 'sip-202' }
  try {
    await sipp({
      scenario: register,
      remote: platform.sip,
      localPort: callerPort,
      calls: 1,
      rate: 1,
      keys,
      login,
    }).succeed()
    progress(`vaxel: ${registrations} registrations at ${registerRate}/s`)
    const beforeRegister = cpuSeconds(platform.pid)
    await sipp({
      scenario: register,
      remote: platform.sip,
      localPort: callerPort,
      calls: registrations,
      rate: registerRate,
      keys,
      login,
    }).succeed()
    const perRegistration = cpuSeconds(platform.pid) - beforeRegister
    progress(`vaxel: ${calls} calls at ${callRate}/s`)
    const callee = sipp({ scenario: answer, remote: platform.sip, localPort: calleePort, calls })
    const beforeCalls = cpuSeconds(platform.pid)
    await sipp({
      scenario: callWithDigest,
      remote: platform.sip,
      localPort: callerPort,
      calls,
      rate: callRate,
      service: '202',
      keys: { ...keys, caller: '201' },
      login: { username: '201', password: 'sip-201' },
    }).succeed()
    const perCall = cpuSeconds(platform.pid) - beforeCalls
    await callee.stop()
    const note = `UDP, digest, ${callRate}/s, media set up, each call in the ledger`
    return [
      {
        what: 'registrations with digest, durable',
        system: 'vaxel',
        value: (perRegistration / registrations) * 1000,
        unit: 'CPU-s per 1,000',
        note: `UDP, ${registerRate}/s`,
      },
      {
        what: 'calls set up and cleared',
        system: 'vaxel',
        value: (perCall / calls) * 1000,
        unit: 'CPU-s per 1,000',
        note,
      },
      {
        what: 'resident memory after the calls',
        system: 'vaxel',
        value: residentBytes(platform.pid) / 1_048_576,
        unit: 'MiB',
      },
    ]
  } finally {
    await platform.stop()
    ports.release()
  }
}

/** Kamailio as a mere proxy that records its route: less work than a back-to-back user agent with a ledger. */
async function kamailio(progress: (line: string) => void): Promise<Figure[]> {
  const folder = temporaryFolder('kamailio')
  const ports = await FreePorts.claim()
  const [port, callerPort, calleePort] = [await ports.port(), await ports.port(), await ports.port()]
  writeFileSync(join(folder, 'kamailio.cfg'), configuration(port, calleePort))
  const server = Program.start(
    'kamailio',
    ['-DD', '-E', '-f', join(folder, 'kamailio.cfg'), '-m', '256', '-M', '32', '-w', folder, '-Y', folder],
    { cwd: folder },
  )
  try {
    await server.waitForOutput(/ready to serve/, 10_000)
    progress(`kamailio: ${calls} calls at ${callRate}/s`)
    const remote = `127.0.0.1:${port}`
    const callee = sipp({ scenario: answer, remote, localPort: calleePort, calls })
    const before = familySeconds(server.pid)
    await sipp({
      scenario: callWithoutDigest,
      remote,
      localPort: callerPort,
      calls,
      rate: callRate,
      service: '202',
      keys: { caller: '201' },
    }).succeed()
    const used = familySeconds(server.pid) - before
    await callee.stop()
    const note = `UDP, ${callRate}/s, no digest, no media, Debian's default allocator`
    return [
      {
        what: 'calls set up and cleared',
        system: 'kamailio (proxy)',
        value: (used / calls) * 1000,
        unit: 'CPU-s per 1,000',
        note,
      },
    ]
  } finally {
    await server.stop('SIGTERM')
    ports.release()
  }
}

function configuration(port: number, calleePort: number): string {
  return `debug=0
log_stderror=yes
children=1
auto_aliases=no
listen=udp:127.0.0.1:${port}
disable_tcp=yes
loadmodule "tm.so"
loadmodule "rr.so"
loadmodule "sl.so"
loadmodule "pv.so"
loadmodule "siputils.so"
loadmodule "xlog.so"
loadmodule "textops.so"
event_route[core:worker-one-init] { xlog("L_ALERT", "ready to serve\n"); }
request_route {
  if (is_method("INVITE")) record_route();
  if (has_totag()) {
    loose_route();
    if (is_method("ACK") && !t_check_trans()) { t_relay(); exit; }
    t_relay();
    exit;
  }
  $du = "sip:127.0.0.1:${calleePort}";
  t_relay();
}
`
}
