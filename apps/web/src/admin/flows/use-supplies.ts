import type { ReplyOf } from '../../api/api.ts'
import { useApp } from '../../app/use-app.ts'
import { useFormat } from '../../words/use-words.ts'
import { asLanguage } from '../../words/use-text.ts'
import { type PhoneNumber, type User, useNumbers, useUsers } from '../use-company.ts'
import { useList } from '../use-list.ts'

export type FlowSoundFile = ReplyOf<'listFlowSounds'>['items'][number]

/** What steps are made of: people, numbers, sentences, recordings, credentials. */
export interface Supplies {
  readonly users: readonly User[]
  readonly numbers: readonly PhoneNumber[]
  readonly sounds: readonly FlowSoundFile[]
  readonly prompts: readonly { readonly id: string; readonly label: string }[]
  readonly credentials: readonly string[]
  readonly reloadSounds: () => void
}

const concernsFlows = ({ kind }: { readonly kind: string }): boolean => kind.startsWith('flow.')

/** Read once for a whole editor. */
export function useSupplies(): Supplies {
  const { api } = useApp()
  const language = asLanguage(useFormat().language)
  const users = useUsers()
  const numbers = useNumbers()
  const sounds = useList<FlowSoundFile>('flow-sounds', () => api.call('listFlowSounds'), concernsFlows)
  const prompts = useList(
    'flow-prompts',
    () => api.call('listFlowPrompts'),
    () => false,
  )
  const credentials = useList('flow-credentials', () => api.call('listFlowCredentials'), concernsFlows)
  return {
    users: users.items ?? [],
    numbers: numbers.items ?? [],
    sounds: sounds.items ?? [],
    prompts: (prompts.items ?? []).map((prompt) => ({ id: prompt.name, label: prompt[language] })),
    credentials: (credentials.items ?? []).map(({ name }) => name),
    reloadSounds: sounds.reload,
  }
}
