import { eventually, type FreePorts, type Platform, type Sipp } from '@vaxel/testkit'
import {
  answerSteps,
  inDialog,
  inviteSteps,
  play,
  register,
  requestOf,
  respondInDialog,
  response,
  scenario,
} from '../sipp/sipp-phone.ts'

/** sipp as 208 calls sipp as 209, some times a second, each call for up to a second. */
export async function startCallLoad(platform: Platform, free: FreePorts, rate = 5): Promise<Sipp> {
  const callee = { platform, user: '209', port: await free.port() }
  await register(callee)
  const endless = { calls: 1_000_000, limitMs: 600_000 }
  play(callee, scenario(answerSteps('209'), requestOf('BYE'), respondInDialog('200 OK', '209')), endless)
  const steps = scenario(
    inviteSteps('208', '209'),
    response(200, 'rrs="true"'),
    inDialog('ACK', '208', '209', 2),
    '<pause distribution="uniform" min="100" max="1000"/>',
    inDialog('BYE', '208', '209', 3),
    response(200),
  )
  const caller = { platform, user: '208', port: await free.port() }
  const calling = play(caller, steps, { ...endless, service: '209', rate })
  await eventually('the load has begun', () => answeredIn(calling.messages).length > 0)
  return calling
}

/** Call-IDs whose INVITE got a 200, in sipp's own log. */
export function answeredIn(messages: string): string[] {
  const answered = new Set<string>()
  for (const part of messages.split(/^-{20,}.*$/m)) {
    if (!/message received/.test(part) || !/^SIP\/2\.0 200 /m.test(part) || !/^CSeq: \d+ INVITE/m.test(part)) continue
    const callId = /^Call-ID: (\S+)/m.exec(part)?.[1]
    if (callId !== undefined) answered.add(callId)
  }
  return [...answered]
}
