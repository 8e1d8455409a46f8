import { Cell } from '../base/cell.ts'
import type { EmergencyModel } from './emergency-model.ts'

/** Set while somebody of the staff is logged in. */
export const emergencyHolder = new Cell<EmergencyModel | undefined>(undefined)
