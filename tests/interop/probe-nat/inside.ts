// What the probe finds from inside a home, as one line of JSON. Run in the home's network: inside.ts <what> <JSON>.
import { createHmac, randomBytes } from 'node:crypto'
import { systemClock } from '@vaxel/base'
import type { CheckResult } from '@vaxel/site'
import { algOfSiteCheck } from '../../../apps/probe/src/alg/site-alg-check.ts'
import type { ProbeContext } from '../../../apps/probe/src/check/check.ts'
import { byResponsePort, findBindingLifetime } from '../../../apps/probe/src/nat/binding-lifetime.ts'
import { checkNat } from '../../../apps/probe/src/nat/nat-check.ts'
import { natOfSiteCheck } from '../../../apps/probe/src/nat/site-nat-check.ts'
import { StunClient } from '../../../apps/probe/src/nat/stun-client.ts'
import { machineDatagrams } from '../../../apps/probe/src/path/datagram-socket.ts'
import { dscpSurvivalCheck, pathMtuOfSiteCheck, udpRangeCheck } from '../../../apps/probe/src/path/site-checks.ts'
import type { NatTask, SiteTask } from './homes.ts'

const random = (bytes: number): Uint8Array => randomBytes(bytes)
const { signal } = new AbortController()
const place = { clock: systemClock, segment: 'home', requirementIds: () => ['needed'] }

/** All that this folder's checks do, against the real server. */
async function checkSite({ base, check, only }: SiteTask): Promise<readonly CheckResult[]> {
  const key = Buffer.from(check.echo.key, 'base64url')
  const headers = { authorization: `Bearer ${check.echo.key}` }
  const path = `${base}/api/v1/site/checks/${check.checkId}`
  const context = {
    ...place,
    random,
    minutes: 1,
    addressesOf: async (name: string) => [name],
    session: {
      check,
      mac: (bytes: Uint8Array) => createHmac('sha256', key).update(bytes).digest(),
      openPorts: async () => ((await fetch(`${path}/echo`, { headers })).ok ? check.ports.sample : undefined),
      heardPorts: async () => {
        const { heard } = (await (await fetch(`${path}/echo`, { headers })).json()) as { heard: { port: number }[] }
        return new Set(heard.map(({ port }) => port))
      },
    },
  } as unknown as ProbeContext
  const all = [udpRangeCheck, natOfSiteCheck, algOfSiteCheck, dscpSurvivalCheck, pathMtuOfSiteCheck]
  const wanted = all.filter(({ makes }) => !only || makes.some((one) => only.includes(one)))
  return (await Promise.all(wanted.map((one) => one.run(context, signal)))).flat()
}

/** NAT behaviour against a server with two addresses. */
async function checkBehaviour({ server, silencesSeconds }: NatTask): Promise<readonly CheckResult[]> {
  const stun = new StunClient({ place: machineDatagrams(systemClock), random, signal })
  const lifetime = () => findBindingLifetime(byResponsePort(stun, server), silencesSeconds)
  return checkNat({ ...place, stun, question: { server }, lifetime })
}

const [what, json] = process.argv.slice(2)
const results =
  what === 'site'
    ? await checkSite(JSON.parse(json ?? '') as SiteTask)
    : await checkBehaviour(JSON.parse(json ?? '') as NatTask)
process.stdout.write(`${JSON.stringify(results)}\n`)
