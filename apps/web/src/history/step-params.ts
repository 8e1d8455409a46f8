/** What a word of a call's story is about: names, numbers, seconds. */
export type StepParams = Readonly<Record<string, string | number>>
