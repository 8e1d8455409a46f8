import type { Catalogue } from '@vaxel/site'
import { useEffect, useState } from 'react'
import type { ReplyOf } from '../../api/api.ts'
import { useApp } from '../../app/use-app.ts'
import { useList } from '../use-list.ts'

export type Site = ReplyOf<'readSite'>
export type Passport = ReplyOf<'readSitePassport'>
export type CatalogueEntry = ReplyOf<'listSiteCatalogues'>['items'][number]

const pageLimit = 1000
const concernsSites = ({ kind }: { readonly kind: string }): boolean => kind.startsWith('site.')

export function useSites() {
  const { api } = useApp()
  return useList<Site>(
    'sites',
    (next) => api.call('listSites', { query: { limit: pageLimit, ...(next === undefined ? {} : { after: next }) } }),
    concernsSites,
  )
}

export function useCatalogues() {
  const { api } = useApp()
  return useList<CatalogueEntry>(
    'site-catalogues',
    () => api.call('listSiteCatalogues', {}),
    ({ kind }) => kind === 'site.published',
  )
}

/** One catalogue, whole; undefined until it is there. */
export function useCatalogue(id: string, version?: string): Catalogue | undefined {
  const { api } = useApp()
  const [found, setFound] = useState<Catalogue>()
  useEffect(() => {
    let isWanted = true
    api
      .call('readSiteCatalogue', { params: { catalogueId: id }, query: version === undefined ? {} : { version } })
      .then(
        (catalogue) => isWanted && setFound(catalogue),
        () => isWanted && setFound(undefined),
      )
    return () => {
      isWanted = false
    }
  }, [api, id, version])
  return found?.id === id ? found : undefined
}

/** Something of one site, read anew whenever something happens to it. */
export function useOfSite<T>(
  siteId: string,
  read: () => Promise<T>,
): { readonly value?: T; readonly fault?: unknown; readonly reload: () => void } {
  const { events } = useApp()
  const [state, setState] = useState<{ readonly value?: T; readonly fault?: unknown }>({})
  const [asked, setAsked] = useState(0)
  useEffect(() => {
    let isWanted = true
    read().then(
      (value) => isWanted && setState({ value }),
      (fault: unknown) => isWanted && setState((before) => ({ ...before, fault })),
    )
    return () => {
      isWanted = false
    }
    // What is read depends on the site alone.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [siteId, asked])
  useEffect(
    () =>
      events.onEvent((event) => {
        if (event.kind.startsWith('site.') && siteId.startsWith(String(event.data['siteId'])))
          setAsked((count) => count + 1)
      }),
    [events, siteId],
  )
  return { ...state, reload: () => setAsked((count) => count + 1) }
}
