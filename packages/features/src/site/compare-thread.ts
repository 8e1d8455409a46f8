import { parentPort, workerData } from 'node:worker_threads'
import { compareRules, describeComparison, readRules } from '@vaxel/site'
import type { ComparisonTask } from './rule-thread.ts'

// One comparison, then the thread ends.
const { openings, rules, format, language, today } = workerData as ComparisonTask
const comparison = compareRules(openings, readRules(rules, format), { today, shared: true })
parentPort?.postMessage({ comparison, text: describeComparison(comparison, language) })
