import { useCallback, useEffect, useState } from 'react'
import type { ReplyOf } from '../api/api.ts'
import { useApp } from '../app/use-app.ts'
import { useKeptLoaded } from '../app/use-kept-loaded.ts'

/** Codes, parking places and groups of the company; undefined until they are there. */
export function useTelephoneFeatures(): ReplyOf<'readTelephoneFeatures'> | undefined {
  const { api, showFault } = useApp()
  const [found, setFound] = useState<ReplyOf<'readTelephoneFeatures'>>()
  const load = useCallback(() => {
    api.call('readTelephoneFeatures').then(setFound, showFault)
  }, [api, showFault])
  useKeptLoaded(load)
  return found
}

/** The own phones that are no browsers, and how the own telephone is set. */
export function useOwnPhones(): ReplyOf<'listDevices'>['items'] {
  const { api, showFault } = useApp()
  const [found, setFound] = useState<ReplyOf<'listDevices'>['items']>([])
  useEffect(() => {
    api.call('listDevices', { query: { limit: 200 } }).then(({ items }) => {
      setFound(items.filter(({ kind }) => kind !== 'browser'))
    }, showFault)
  }, [api, showFault])
  return found
}
