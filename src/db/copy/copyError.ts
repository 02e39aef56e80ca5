/** Why a database is not copied, or its copy not the same, said for the one who asked for it. */
export class CopyError extends Error {}
