import { isRefusal, type Refusal, type UserId } from '@vaxel/base'
import type { AgentDesk, CentreCommander, Feature, ServiceLine, WorkDesk } from '@vaxel/core'
import { prompt } from './spoken.ts'

/** What a feature code does for whoever dials it, with the digits after it. */
export type AgentCode = (line: ServiceLine, argument: string) => Promise<void>

type Wish = (by: CentreCommander, agentId: UserId, argument: string) => Promise<Refusal | undefined>

/**
 * The codes by which agents log in and off, and say whether they are ready, from any telephone of theirs. `agentNotReady` takes the number of
 * the reason in the company's list after the code; the first if there is none.
 */
export function agentCodes({
  agents,
  desk,
}: {
  readonly agents: Pick<AgentDesk, 'agent' | 'logIn' | 'logOff' | 'ready' | 'notReady'>
  readonly desk: Pick<WorkDesk, 'centre'>
}): ReadonlyMap<Feature, AgentCode> {
  const reasonAt = ({ companyId }: CentreCommander, argument: string): string | undefined =>
    desk.centre(companyId).reasons[argument === '' ? 0 : Number(argument) - 1]?.id

  const code =
    (sentence: string, wish: Wish): AgentCode =>
    async (line, argument) => {
      const { user, companyId } = line
      if (!user || !agents.agent(companyId, user.id)) return await line.say([prompt('queue-agent-unknown')])
      const refused = await wish({ companyId, userId: user.id }, user.id, argument)
      if (isRefusal(refused)) line.note('queue.agent-refused', refused.text, { name: user.displayName })
      await line.say([prompt(isRefusal(refused) ? 'queue-agent-not-possible' : sentence)])
    }

  return new Map<Feature, AgentCode>([
    ['agentLogin', code('queue-agent-logged-in', (by, agentId) => agents.logIn(by, agentId))],
    ['agentLogout', code('queue-agent-logged-off', (by, agentId) => agents.logOff(by, agentId))],
    ['agentReady', code('queue-agent-ready', (by, agentId) => agents.ready(by, agentId))],
    [
      'agentNotReady',
      code('queue-agent-not-ready', (by, agentId, argument) =>
        agents.notReady(by, agentId, reasonAt(by, argument) ?? argument),
      ),
    ],
  ])
}
