import { ownValue } from '../../../lib/ownValue.ts';
import type { Layout } from './layout.ts';

/** Windows Live Mail and the contacts of Windows. */
export const windowsLive: Layout = {
  name: 'windowsLive',
  dates: { en: 'mdy', fr: 'dmy' },
  columns: [
    ['firstName', 'First Name', 'Prénom'],
    ['lastName', 'Last Name', 'Nom'],
    ['middleName', 'Middle Name', 'Deuxième prénom'],
    ['fullName', 'Name', 'Nom'],
    ['nickname', 'Nickname', 'Pseudo'],
    ['email', 'E-mail Address', 'Adresse de messagerie'],
    ['homeStreet', 'Home Street', 'Rue (domicile)'],
    ['homeCity', 'Home City', 'Ville (domicile)'],
    ['homePostalCode', 'Home Postal Code', 'Code postal (domicile)'],
    ['homeState', 'Home State', 'Département (domicile)'],
    ['homeCountry', 'Home Country/Region', 'Pays/région (domicile)'],
    ['homePhone', 'Home Phone', 'Téléphone domicile'],
    ['homeFax', 'Home Fax', 'Télécopie domicile'],
    ['mobilePhone', 'Mobile Phone', 'Téléphone mobile'],
    ['homeURL', 'Personal Web Page', 'Page Web (domicile)'],
    ['workStreet', 'Business Street', 'Rue (bureau)'],
    ['workCity', 'Business City', 'Ville (bureau)'],
    ['workPostalCode', 'Business Postal Code', 'Code postal (bureau)'],
    ['workState', 'Business State', 'Département (bureau)'],
    ['workCountry', 'Business Country/Region', 'Pays/région (bureau)'],
    ['workURL', 'Business Web Page', 'Page Web (bureau)'],
    ['workPhone', 'Business Phone', 'Téléphone professionnel'],
    ['workFax', 'Business Fax', 'Télécopie professionnelle'],
    ['pager', 'Pager', 'Radiomessagerie'],
    ['company', 'Company', 'Société'],
    ['jobTitle', 'Job Title', 'Fonction'],
    ['department', 'Department', 'Service'],
    ['note', 'Office Location', 'Adresse professionnelle'],
    ['notes', 'Notes', 'Notes'],
  ],
  fieldOf: (heading) => ownValue(variants, heading),
};

const variants: Readonly<Record<string, string>> = { 'home country': 'homeCountry', 'business country': 'workCountry' };
