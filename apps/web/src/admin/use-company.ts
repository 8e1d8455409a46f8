import type { ReplyOf } from '../api/api.ts'
import { onConfiguration, type RemoteState } from '../api/remote-list.ts'
import { useApp } from '../app/use-app.ts'
import { useList } from './use-list.ts'

export type User = ReplyOf<'readUser'>
export type Device = ReplyOf<'readDevice'>
export type PhoneNumber = ReplyOf<'readNumber'>
export type Trunk = ReplyOf<'readTrunk'>
export type Binding = ReplyOf<'listBindings'>['items'][number]

type Listed<T> = RemoteState<T> & { readonly reload: () => void }

const pageLimit = 1000
const after = (text: string | undefined) => (text === undefined ? {} : { after: text })

const isRegistration = ({ kind }: { readonly kind: string }): boolean => kind.startsWith('registrar.')

export function useUsers(): Listed<User> {
  const { api } = useApp()
  return useList<User>(
    'users',
    (next) => api.call('listUsers', { query: { limit: pageLimit, ...after(next) } }),
    onConfiguration('user'),
  )
}

export function useDevices(): Listed<Device> {
  const { api } = useApp()
  return useList<Device>(
    'devices',
    (next) => api.call('listDevices', { query: { limit: pageLimit, ...after(next) } }),
    onConfiguration('device', 'user'),
  )
}

export function useNumbers(): Listed<PhoneNumber> {
  const { api } = useApp()
  return useList<PhoneNumber>(
    'numbers',
    (next) => api.call('listNumbers', { query: { limit: pageLimit, ...after(next) } }),
    onConfiguration('number', 'user'),
  )
}

export function useBindings(): Listed<Binding> {
  const { api } = useApp()
  return useList<Binding>(
    'bindings',
    (next) => api.call('listBindings', { query: { limit: pageLimit, ...after(next) } }),
    isRegistration,
  )
}

export function useTrunks(): Listed<Trunk> {
  const { api } = useApp()
  return useList<Trunk>(
    'trunks',
    (next) => api.call('listTrunks', { query: { limit: pageLimit, ...after(next) } }),
    onConfiguration('trunk'),
  )
}
