/** The fewest characters of a password that somebody chooses; the server refuses shorter ones. */
export const minimumPassword = 10;
