import { onConfiguration } from '../../api/remote-list.ts'
import { useApp } from '../../app/use-app.ts'
import { useList } from '../use-list.ts'

/** The company's SIP domains. */
export function useDomains() {
  const { api } = useApp()
  return useList<{ readonly name: string }>(
    'domains',
    (after) => api.call('listDomains', { query: after === undefined ? {} : { after } }),
    onConfiguration('domain'),
  )
}
