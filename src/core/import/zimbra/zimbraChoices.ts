/** What is done with the shares of the folders: nothing; they are made again and told in the app alone; or by mail, too. */
export type ShareChoice = 'none' | 'quiet' | 'mail';

/** How an account is taken over. */
export type ZimbraChoices = {
  readonly shares: ShareChoice;
  /** What lies in Zimbra's trash comes too, in a folder of its own. */
  readonly withTrash: boolean;
};

/** Why something of an account did not come as it is there. */
export type ZimbraReason =
  /** A file of the archive that cannot be read. */
  | 'zimbraItem'
  /** The folder bears another name here. */
  | 'folderName'
  /** The folder was deeper than folders may be here. */
  | 'folderDepth'
  /** It was thrown away or given away here: what is in it stays away. */
  | 'folderGone'
  /** Changed on both sides since: what is here stays. */
  | 'changedHere'
  /** Thrown away here: it stays away. */
  | 'deletedHere'
  /** The photo is no image, or too large. */
  | 'photo'
  /** A member of a group that is not found here. */
  | 'member'
  /** A share that was not made, or with fewer rights. */
  | 'share'
  /** A folder of somebody else that is not shared here yet. */
  | 'link';
