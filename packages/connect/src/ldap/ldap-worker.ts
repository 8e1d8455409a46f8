import { parentPort, workerData } from 'node:worker_threads'
import type { FoundEntry } from '@vaxel/core'
import { LdapClient } from './ldap-client.ts'
import { ldapErrorOf } from './ldap-faults.ts'
import type { LdapAnswer, LdapQuestion, LdapTask } from './ldap-messages.ts'

const { settings, password } = workerData as LdapTask
let pages: AsyncIterator<readonly FoundEntry[]> | undefined

const opening = LdapClient.open(settings, password)
void answer(async () => {
  const { server } = await opening
  return { kind: 'open', ...(server === undefined ? {} : { server }) }
})

parentPort?.on('message', (question: LdapQuestion) => {
  void answer(async () => reply(await opening, question))
})

async function reply(client: LdapClient, question: LdapQuestion): Promise<LdapAnswer> {
  switch (question.op) {
    case 'search':
      pages = client.search(question)
      return nextPage()
    case 'next':
      return nextPage()
    case 'read':
      return { kind: 'values', values: await client.read(question.dn, question.attribute) }
    case 'close':
      await client.close()
      return { kind: 'end' }
  }
}

async function nextPage(): Promise<LdapAnswer> {
  const next = await pages?.next()
  return next === undefined || next.done === true ? { kind: 'end' } : { kind: 'page', entries: next.value }
}

async function answer(work: () => Promise<LdapAnswer>): Promise<void> {
  let said: LdapAnswer
  try {
    said = await work()
  } catch (error) {
    const { trouble, message } = ldapErrorOf(error, 'lost')
    said = { kind: 'fault', trouble, detail: message }
  }
  parentPort?.postMessage(said)
}
