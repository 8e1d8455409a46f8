import { isIP } from 'node:net'
import { type CheckResult, holdsRange, readIpRange, type Requirement } from '@vaxel/site'
import type { Check, ProbeContext } from '../check/check.ts'
import { isOver } from '../check/service-hosts.ts'
import { beginCheck, type Found } from '../path/check-sheet.ts'
import type { DnsAnswer, DnsRecordType } from './ask-dns.ts'

/** Names that have to be found, asked of each resolver of this machine apart, so that one that lies or sleeps is seen. */
export const dnsCheck: Check = {
  title: 'Names (DNS)',
  makes: ['dns', 'srv'],
  limitMs: () => 90_000,
  async run(context, signal) {
    const { servers } = context.dns
    const questions = dnsQuestions(context)
    if (questions.length === 0) return []
    if (servers.length === 0)
      return questions.map((question) =>
        finisher(
          context,
          question,
        )({ outcome: 'inconclusive', finding: { key: 'dns-no-resolver', values: {} }, faultOwner: 'endpoint' }),
      )
    const inventing = await inventors(context)
    const results: CheckResult[] = []
    for (const question of questions) {
      if (signal.aborted) break
      results.push(await askAll(context, question, inventing))
    }
    return results
  },
}

interface DnsQuestion {
  readonly name: string
  readonly check: 'dns' | 'srv'
  /** One of these must be there; `A` and `AAAA` stand for each other. */
  readonly types: readonly DnsRecordType[]
  /** Networks of which one must hold the addresses; empty: not known. */
  readonly networks: readonly string[]
  readonly requirementIds: readonly string[]
}

function dnsQuestions({ requirements, hostsOf, catalogue, today }: ProbeContext): readonly DnsQuestion[] {
  const found = new Map<string, DnsQuestion & { requirementIds: string[] }>()
  const add = (
    one: Requirement,
    check: 'dns' | 'srv',
    name: string,
    types: readonly DnsRecordType[],
    networks: readonly string[],
  ): void => {
    if (name.includes('*') || isIP(name) !== 0) return
    const key = [name, check, ...types, ...networks].join(' ')
    const known = found.get(key)
    if (known) known.requirementIds.push(one.id)
    else found.set(key, { name, check, types, networks, requirementIds: [one.id] })
  }
  const networksOf = (place: string): readonly string[] =>
    (catalogue.places.find(({ name }) => name === place)?.addresses ?? [])
      .filter(({ window }) => !isOver(window?.retired, today))
      .flatMap(({ network }) => (network === undefined ? [] : [network]))
  for (const one of requirements) {
    const { body, checks } = one
    if (body.kind === 'dns') {
      const plain = body.records.filter((type) => type !== 'SRV')
      for (const name of body.names) {
        if (checks.includes('srv') && body.records.includes('SRV')) add(one, 'srv', name, ['SRV'], [])
        const isService = name.startsWith('_')
        if (checks.includes('dns') && (plain.length > 0 || !checks.includes('srv')))
          add(one, 'dns', name, plain.length > 0 ? plain : isService ? ['SRV'] : ['A', 'AAAA'], [])
      }
    } else if (body.kind === 'flow' && checks.includes('dns')) {
      for (const host of hostsOf(body.to.place, body.to.addresses).hosts)
        add(one, 'dns', host, ['A', 'AAAA'], networksOf(body.to.place))
    }
  }
  return [...found.values()]
}

const finisher = (
  context: ProbeContext,
  { name, check, types, requirementIds }: DnsQuestion,
): ((found: Found) => CheckResult) => {
  const finish = beginCheck(context, check, `DNS ${name} ${types.join('/')}`)
  return (found) => ({ ...finish(found), requirementIds })
}

/** Resolvers that find a name which cannot be there (RFC 6761 §6.4): what else they find proves nothing. */
async function inventors({ dns, random }: ProbeContext): Promise<ReadonlySet<string>> {
  const name = `vaxel-${Buffer.from(random(8)).toString('hex')}.invalid`
  const answers = await Promise.all(
    dns.servers.map(async (server) => [server, await dns.ask(server, name, 'A')] as const),
  )
  return new Set(answers.filter(([, answer]) => answer.ok && answer.values.length > 0).map(([server]) => server))
}

async function askAll(
  context: ProbeContext,
  question: DnsQuestion,
  inventing: ReadonlySet<string>,
): Promise<CheckResult> {
  const { name, types, networks } = question
  const finish = finisher(context, question)
  const answers = await Promise.all(
    context.dns.servers.map(async (server) => ({ server, answer: await askTypes(context, server, name, types) })),
  )
  const evidence = Object.fromEntries(
    answers.map(({ server, answer }) => [server, answer.ok ? answer.values.join(' ') : answer.code]),
  )
  const good = answers.filter(({ answer }) => answer.ok)
  const bad = answers.filter(({ answer }) => !answer.ok)
  const values = { name, resolvers: context.dns.servers.join(', ') }
  const controls = { knownGood: 'not-tested' as const, closed: inventing.size === 0 }
  const owner = 'customer-network' as const
  if (inventing.size > 0)
    return finish({
      outcome: 'inconclusive',
      finding: { key: 'dns-invents', values: { ...values, liar: [...inventing].join(', ') } },
      controls,
      evidence,
      faultOwner: owner,
    })
  if (good.length === 0) {
    const [first] = bad
    const fault = first!.answer.ok ? 'nonsense' : first!.answer.fault
    const outcome = fault === 'nonsense' ? 'inconclusive' : 'fail'
    return finish({
      outcome,
      finding: { key: `dns-${fault}`, values: { ...values, types: types.join(', ') } },
      evidence,
      controls,
      faultOwner: owner,
    })
  }
  if (bad.length > 0)
    return finish({
      outcome: 'limit',
      finding: { key: 'dns-some', values: { name, bad: bad.map(({ server }) => server).join(', ') } },
      evidence,
      controls,
      faultOwner: owner,
    })
  const addresses = good.flatMap(({ answer }) => (answer.ok ? answer.values : [])).filter((value) => isIP(value) !== 0)
  const foreign = [...new Set(addresses.filter((address) => isElsewhere(networks, address)))]
  if (foreign.length > 0)
    return finish({
      outcome: 'limit',
      finding: { key: 'dns-elsewhere', values: { name, addresses: foreign.slice(0, 4).join(', ') } },
      evidence,
      controls,
      faultOwner: owner,
    })
  const found = [...new Set(good.flatMap(({ answer }) => (answer.ok ? answer.values : [])))].slice(0, 4)
  return finish({
    outcome: 'pass',
    finding: { key: 'dns-found', values: { name, found: found.join(', ') } },
    evidence,
    controls,
  })
}

/** A and AAAA stand for each other: one of them is enough. Every other type must be there. */
async function askTypes(
  { dns }: ProbeContext,
  server: string,
  name: string,
  types: readonly DnsRecordType[],
): Promise<DnsAnswer> {
  const answers = await Promise.all(types.map((type) => dns.ask(server, name, type)))
  const isAddress = (i: number): boolean => types[i] === 'A' || types[i] === 'AAAA'
  const needed = answers.find((answer, i) => !answer.ok && !isAddress(i))
  if (needed) return needed
  const values = answers.flatMap((answer) => (answer.ok ? answer.values : []))
  const hasAddress = answers.some((answer, i) => isAddress(i) && answer.ok)
  const wantsAddress = types.some((_, i) => isAddress(i))
  if (wantsAddress && !hasAddress) return answers.find((answer, i) => isAddress(i) && !answer.ok)!
  return { ok: true, values }
}

/** In none of the networks of its family. Of a family without any it is not known where the service is. */
function isElsewhere(networks: readonly string[], address: string): boolean {
  const inner = readIpRange(address)
  const ofFamily = networks
    .flatMap((network) => readIpRange(network) ?? [])
    .filter(({ family }) => family === inner?.family)
  return inner !== undefined && ofFamily.length > 0 && !ofFamily.some((outer) => holdsRange(outer, inner))
}
