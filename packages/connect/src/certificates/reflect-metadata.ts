interface MetadataReflect {
  getMetadata?(key: unknown, target: object): unknown
  getOwnMetadata?(key: unknown, target: object): unknown
  hasOwnMetadata?(key: unknown, target: object): boolean
  getOwnMetadataKeys?(target: object): unknown[]
  defineMetadata?(key: unknown, value: unknown, target: object): void
  deleteMetadata?(key: unknown, target: object): boolean
}

/**
 * The certificate library's container asks for the metadata part of `Reflect` and brings none. These are the functions that it calls, put
 * there unless somebody else's are; and those that a library which brings its own asks of what it finds (the ACME client's does).
 */
export function provideReflectMetadata(): void {
  const reflect = Reflect as MetadataReflect
  if (reflect.getMetadata !== undefined) return
  const kept = new WeakMap<object, Map<unknown, unknown>>()
  reflect.defineMetadata = (key, value, target) => {
    const entries = kept.get(target) ?? new Map<unknown, unknown>()
    kept.set(target, entries.set(key, value))
  }
  reflect.getOwnMetadata = (key, target) => kept.get(target)?.get(key)
  reflect.hasOwnMetadata = (key, target) => kept.get(target)?.has(key) ?? false
  reflect.getOwnMetadataKeys = (target) => [...(kept.get(target)?.keys() ?? [])]
  reflect.deleteMetadata = (key, target) => kept.get(target)?.delete(key) ?? false
  reflect.getMetadata = (key, target) => {
    for (let at: object | null = target; at !== null; at = Object.getPrototypeOf(at) as object | null) {
      const entries = kept.get(at)
      if (entries?.has(key)) return entries.get(key)
    }
    return undefined
  }
}
