/** Why a backup cannot be read or restored, said for the one who asked for it. */
export class BackupError extends Error {}
