export * from './net/nat.ts'
export * from './net/virtual-net.ts'
export * from './seeded-random.ts'
export * from './virtual-clock.ts'
