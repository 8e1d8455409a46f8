export const recordingsSv = { title: 'Inspelningar', adminTitle: 'Inspelning' }
