import { defaultParking, type DialledCode, type Feature, findCode, isParkingPlace, type ServiceLine } from '@vaxel/core'

/** What a feature does for whoever dialled its code. When it returns, the call ends. */
export type FeatureAction = (line: ServiceLine, argument: string) => Promise<void>

/** What a parking place does for whoever dials it, or is transferred there. */
export type PlaceAction = (line: ServiceLine, place: string) => Promise<void>

/**
 * What stands behind feature codes, by the features' names. Each part of the platform that has a feature registers what it does;
 * a code without one says that it is not possible.
 */
export class FeatureActions {
  readonly #actions = new Map<Feature, FeatureAction>()
  #atPlace: PlaceAction | undefined
  readonly #atNumber = new Map<string, FeatureAction>()

  /** Names what a feature does; a later one takes the place of an earlier one. */
  register(feature: Feature, action: FeatureAction): void {
    this.#actions.set(feature, action)
  }

  /** What stands behind a number that nobody can dial. */
  registerNumber(number: string, action: FeatureAction): void {
    this.#atNumber.set(number, action)
  }

  registerPlaces(action: PlaceAction): void {
    this.#atPlace = action
  }

  /** Answers a call to a code or to a parking place (the `feature` service). */
  readonly answer = async (line: ServiceLine): Promise<void> => {
    const { company, number } = line
    const own = this.#atNumber.get(number)
    if (own) return own(line, '')
    if (isParkingPlace(company.parking ?? defaultParking, number)) {
      if (this.#atPlace) return this.#atPlace(line, number)
    } else {
      const code = findCode(company.featureCodes, number)
      const action = code && this.#actions.get(code.feature)
      if (code && action) return this.#run(line, code, action)
    }
    await line.say([{ kind: 'prompt', name: 'feature-not-possible' }])
  }

  async #run(line: ServiceLine, { argument }: DialledCode, action: FeatureAction): Promise<void> {
    await action(line, argument)
  }
}

/** Says one sentence; the call ends then. */
export const sayOnly = (line: ServiceLine, name: string): Promise<void> => line.say([{ kind: 'prompt', name }])
