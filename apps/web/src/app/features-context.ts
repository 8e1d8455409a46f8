import { createContext, useContext } from 'react'
import type { WebFeature } from './feature.ts'

export const FeaturesContext = createContext<readonly WebFeature[]>([])

/** Everything that the web app has, for screens that gather parts of it. */
export const useFeatures = (): readonly WebFeature[] => useContext(FeaturesContext)
