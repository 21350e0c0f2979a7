/* country.c - countries: ISO 3166-1 alpha-3, those that are no more, and a few others */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/country.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* In the order of the codes: country_of searches by halves. Past ones as ISO 3166-3 last had them. */
static const struct country countries[] = {
	{ "ABW", "AW", 0, "Aruba", NULL },
	{ "AFG", "AF", 0, "Afghanistan", "أفغانستان" },
	{ "AGO", "AO", 0, "Angola", NULL },
	{ "AIA", "AI", 0, "Anguilla", NULL },
	{ "ALA", "AX", 0, "Aland Islands", NULL },
	{ "ALB", "AL", 0, "Albania", "Albanien|Albanie|Shqiperia" },
	{ "AND", "AD", 0, "Andorra", "Andorre" },
	{ "ANT", "AN", 1, "Netherlands Antilles", NULL },
	{ "ARE", "AE", 0, "United Arab Emirates", "UAE|Emirats arabes unis|Emiratos Arabes Unidos|"
	  "الإمارات|الامارات|الإمارات العربية المتحدة" },
	{ "ARG", "AR", 0, "Argentina", "Argentine|Argentinien" },
	{ "ARM", "AM", 0, "Armenia", "Armenien|Arménie" },
	{ "ASM", "AS", 0, "American Samoa", NULL },
	{ "ATA", "AQ", 0, "Antarctica", NULL },
	{ "ATF", "TF", 0, "French Southern Territories", NULL },
	{ "ATG", "AG", 0, "Antigua and Barbuda", NULL },
	{ "AUS", "AU", 0, "Australia", "Australie|Australien" },
	{ "AUT", "AT", 0, "Austria", "Österreich|Autriche|Oesterreich|النمسا" },
	{ "AZE", "AZ", 0, "Azerbaijan", "Azerbaïdjan|Aserbaidschan|Azerbaiyán" },
	{ "BDI", "BI", 0, "Burundi", NULL },
	{ "BEL", "BE", 0, "Belgium", "Belgique|Belgien|België|Bélgica|Belgio|بلجيكا" },
	{ "BEN", "BJ", 0, "Benin", "Bénin" },
	{ "BES", "BQ", 0, "Bonaire, Sint Eustatius and Saba", NULL },
	{ "BFA", "BF", 0, "Burkina Faso", NULL },
	{ "BGD", "BD", 0, "Bangladesh", NULL },
	{ "BGR", "BG", 0, "Bulgaria", "Bulgarie|Bulgarien|България|بلغاريا" },
	{ "BHR", "BH", 0, "Bahrain", "البحرين" },
	{ "BHS", "BS", 0, "Bahamas", "The Bahamas" },
	{ "BIH", "BA", 0, "Bosnia and Herzegovina", "Bosnia|Bosna i Hercegovina|Bosnien und Herzegowina|"
	  "Bosnie-Herzégovine|BiH" },
	{ "BLM", "BL", 0, "Saint Barthelemy", NULL },
	{ "BLR", "BY", 0, "Belarus", "Biélorussie|Weißrussland|Беларусь|Bielorrusia" },
	{ "BLZ", "BZ", 0, "Belize", NULL },
	{ "BMU", "BM", 0, "Bermuda", NULL },
	{ "BOL", "BO", 0, "Bolivia", "Bolivie|Bolivien|Plurinational State of Bolivia" },
	{ "BRA", "BR", 0, "Brazil", "Brasil|Brésil|Brasilien|Brasile|البرازيل" },
	{ "BRB", "BB", 0, "Barbados", NULL },
	{ "BRN", "BN", 0, "Brunei", "Brunei Darussalam" },
	{ "BTN", "BT", 0, "Bhutan", NULL },
	{ "BUR", "BU", 1, "Burma", NULL },
	{ "BVT", "BV", 0, "Bouvet Island", NULL },
	{ "BWA", "BW", 0, "Botswana", NULL },
	{ "CAF", "CF", 0, "Central African Republic", "République centrafricaine" },
	{ "CAN", "CA", 0, "Canada", "Kanada|Canadá" },
	{ "CCK", "CC", 0, "Cocos (Keeling) Islands", NULL },
	{ "CHE", "CH", 0, "Switzerland", "Suisse|Schweiz|Svizzera|Suiza|Suíça|سويسرا" },
	{ "CHL", "CL", 0, "Chile", "Chili" },
	{ "CHN", "CN", 0, "China", "PRC|People's Republic of China|Chine|Cina|中国|الصين" },
	{ "CIV", "CI", 0, "Ivory Coast", "Côte d'Ivoire|Costa de Marfil" },
	{ "CMR", "CM", 0, "Cameroon", "Cameroun|Kamerun" },
	{ "COD", "CD", 0, "Democratic Republic of the Congo", "DR Congo|DRC|RDC|Congo-Kinshasa|"
	  "République démocratique du Congo|Congo, Democratic Republic of the" },
	{ "COG", "CG", 0, "Congo", "Republic of the Congo|Congo-Brazzaville" },
	{ "COK", "CK", 0, "Cook Islands", NULL },
	{ "COL", "CO", 0, "Colombia", "Colombie|Kolumbien|Colômbia" },
	{ "COM", "KM", 0, "Comoros", "Comores|جزر القمر" },
	{ "CPV", "CV", 0, "Cabo Verde", "Cape Verde|Cap-Vert" },
	{ "CRI", "CR", 0, "Costa Rica", NULL },
	{ "CSK", "CS", 1, "Czechoslovakia", "Tchécoslovaquie|Tschechoslowakei|Československo|CSSR|Checoslovaquia" },
	{ "CUB", "CU", 0, "Cuba", "Kuba" },
	{ "CUW", "CW", 0, "Curacao", NULL },
	{ "CXR", "CX", 0, "Christmas Island", NULL },
	{ "CYM", "KY", 0, "Cayman Islands", NULL },
	{ "CYP", "CY", 0, "Cyprus", "Chypre|Zypern|Chipre" },
	{ "CZE", "CZ", 0, "Czechia", "Czech Republic|Česko|Česká republika|Tschechien|République tchèque|"
	  "التشيك" },
	{ "DDR", "DD", 1, "German Democratic Republic", "East Germany|GDR|RDA" },
	{ "DEU", "DE", 0, "Germany", "Deutschland|Allemagne|Alemania|Alemanha|Germania|West Germany|FRG|BRD|"
	  "Duitsland|Niemcy|ألمانيا|المانيا" },
	{ "DHY", "DY", 1, "Dahomey", NULL },
	{ "DJI", "DJ", 0, "Djibouti", "جيبوتي" },
	{ "DMA", "DM", 0, "Dominica", NULL },
	{ "DNK", "DK", 0, "Denmark", "Danmark|Danemark|Dänemark|Dinamarca" },
	{ "DOM", "DO", 0, "Dominican Republic", "República Dominicana" },
	{ "DZA", "DZ", 0, "Algeria", "Algérie|Algerien|Argelia|الجزائر" },
	{ "ECU", "EC", 0, "Ecuador", "Équateur" },
	{ "EGY", "EG", 0, "Egypt", "Égypte|Ägypten|Egipto|مصر" },
	{ "ERI", "ER", 0, "Eritrea", NULL },
	{ "ESH", "EH", 0, "Western Sahara", NULL },
	{ "ESP", "ES", 0, "Spain", "España|Espagne|Spanien|Espanha|Spagna|إسبانيا|اسبانيا" },
	{ "EST", "EE", 0, "Estonia", "Eesti|Estonie|Estland" },
	{ "ETH", "ET", 0, "Ethiopia", "Éthiopie|Äthiopien|Etiopía" },
	{ "FIN", "FI", 0, "Finland", "Suomi|Finlande|Finnland|Finlandia" },
	{ "FJI", "FJ", 0, "Fiji", NULL },
	{ "FLK", "FK", 0, "Falkland Islands", "Malvinas" },
	{ "FRA", "FR", 0, "France", "Frankreich|Francia|França|Frankrijk|Francja|فرنسا" },
	{ "FRO", "FO", 0, "Faroe Islands", NULL },
	{ "FSM", "FM", 0, "Micronesia", "Federated States of Micronesia" },
	{ "GAB", "GA", 0, "Gabon", NULL },
	{ "GBR", "GB", 0, "United Kingdom", "UK|Great Britain|Britain|England|Scotland|Wales|Northern Ireland|"
	  "Royaume-Uni|Großbritannien|Reino Unido|Regno Unito|Vereinigtes Königreich|"
	  "بريطانيا|المملكة المتحدة" },
	{ "GEO", "GE", 0, "Georgia", "Géorgie|Georgien" },
	{ "GGY", "GG", 0, "Guernsey", NULL },
	{ "GHA", "GH", 0, "Ghana", NULL },
	{ "GIB", "GI", 0, "Gibraltar", NULL },
	{ "GIN", "GN", 0, "Guinea", "Guinée" },
	{ "GLP", "GP", 0, "Guadeloupe", NULL },
	{ "GMB", "GM", 0, "Gambia", "The Gambia" },
	{ "GNB", "GW", 0, "Guinea-Bissau", NULL },
	{ "GNQ", "GQ", 0, "Equatorial Guinea", NULL },
	{ "GRC", "GR", 0, "Greece", "Grèce|Griechenland|Ελλάδα|Hellas|Grecia|اليونان" },
	{ "GRD", "GD", 0, "Grenada", NULL },
	{ "GRL", "GL", 0, "Greenland", NULL },
	{ "GTM", "GT", 0, "Guatemala", NULL },
	{ "GUF", "GF", 0, "French Guiana", "Guyane" },
	{ "GUM", "GU", 0, "Guam", NULL },
	{ "GUY", "GY", 0, "Guyana", NULL },
	{ "HKG", "HK", 0, "Hong Kong", NULL },
	{ "HMD", "HM", 0, "Heard Island and McDonald Islands", NULL },
	{ "HND", "HN", 0, "Honduras", NULL },
	{ "HRV", "HR", 0, "Croatia", "Hrvatska|Croatie|Kroatien|Croacia|Croazia" },
	{ "HTI", "HT", 0, "Haiti", "Haïti" },
	{ "HUN", "HU", 0, "Hungary", "Magyarország|Hongrie|Ungarn|Hungría|Ungheria" },
	{ "HVO", "HV", 1, "Upper Volta", "Haute-Volta" },
	{ "IDN", "ID", 0, "Indonesia", "Indonésie|Indonesien" },
	{ "IMN", "IM", 0, "Isle of Man", NULL },
	{ "IND", "IN", 0, "India", "Inde|Indien|الهند" },
	{ "IOT", "IO", 0, "British Indian Ocean Territory", NULL },
	{ "IRL", "IE", 0, "Ireland", "Irlande|Irland|Irlanda|Éire" },
	{ "IRN", "IR", 0, "Iran", "Islamic Republic of Iran|إيران|ايران" },
	{ "IRQ", "IQ", 0, "Iraq", "Irak|العراق" },
	{ "ISL", "IS", 0, "Iceland", "Ísland|Islande|Island" },
	{ "ISR", "IL", 0, "Israel", "Israël|إسرائيل|اسرائيل" },
	{ "ITA", "IT", 0, "Italy", "Italia|Italie|Italien|Itália|Włochy|إيطاليا|ايطاليا" },
	{ "JAM", "JM", 0, "Jamaica", "Jamaïque" },
	{ "JEY", "JE", 0, "Jersey", NULL },
	{ "JOR", "JO", 0, "Jordan", "Jordanie|Jordanien|Jordania|الأردن|الاردن" },
	{ "JPN", "JP", 0, "Japan", "Japon|Japón|Japão|Giappone|日本" },
	{ "KAZ", "KZ", 0, "Kazakhstan", "Kasachstan|Казахстан" },
	{ "KEN", "KE", 0, "Kenya", "Kenia" },
	{ "KGZ", "KG", 0, "Kyrgyzstan", "Kirgisistan|Kirghizistan" },
	{ "KHM", "KH", 0, "Cambodia", "Cambodge|Kambodscha|Camboya" },
	{ "KIR", "KI", 0, "Kiribati", NULL },
	{ "KNA", "KN", 0, "Saint Kitts and Nevis", NULL },
	{ "KOR", "KR", 0, "South Korea", "Korea|Republic of Korea|Corée du Sud|Südkorea|Corea del Sur" },
	{ "KWT", "KW", 0, "Kuwait", "Koweït|الكويت" },
	{ "LAO", "LA", 0, "Laos", "Lao PDR" },
	{ "LBN", "LB", 0, "Lebanon", "Liban|Libanon|Líbano|لبنان" },
	{ "LBR", "LR", 0, "Liberia", NULL },
	{ "LBY", "LY", 0, "Libya", "Libye|Libyen|Libia|ليبيا" },
	{ "LCA", "LC", 0, "Saint Lucia", NULL },
	{ "LIE", "LI", 0, "Liechtenstein", NULL },
	{ "LKA", "LK", 0, "Sri Lanka", "Ceylon" },
	{ "LSO", "LS", 0, "Lesotho", NULL },
	{ "LTU", "LT", 0, "Lithuania", "Lietuva|Lituanie|Litauen|Lituania" },
	{ "LUX", "LU", 0, "Luxembourg", "Luxemburg|Luxemburgo" },
	{ "LVA", "LV", 0, "Latvia", "Latvija|Lettonie|Lettland|Letonia" },
	{ "MAC", "MO", 0, "Macao", "Macau" },
	{ "MAF", "MF", 0, "Saint Martin", NULL },
	{ "MAR", "MA", 0, "Morocco", "Maroc|Marokko|Marruecos|المغرب" },
	{ "MCO", "MC", 0, "Monaco", NULL },
	{ "MDA", "MD", 0, "Moldova", "Moldavie|Republic of Moldova" },
	{ "MDG", "MG", 0, "Madagascar", NULL },
	{ "MDV", "MV", 0, "Maldives", NULL },
	{ "MEX", "MX", 0, "Mexico", "México|Mexique|Mexiko|Messico" },
	{ "MHL", "MH", 0, "Marshall Islands", NULL },
	{ "MKD", "MK", 0, "North Macedonia", "Macedonia|FYROM|Macédoine du Nord|Nordmazedonien" },
	{ "MLI", "ML", 0, "Mali", "مالي" },
	{ "MLT", "MT", 0, "Malta", "Malte" },
	{ "MMR", "MM", 0, "Myanmar", "Birmanie" },
	{ "MNE", "ME", 0, "Montenegro", "Crna Gora|Monténégro" },
	{ "MNG", "MN", 0, "Mongolia", "Mongolie|Mongolei" },
	{ "MNP", "MP", 0, "Northern Mariana Islands", NULL },
	{ "MOZ", "MZ", 0, "Mozambique", "Moçambique|Mosambik" },
	{ "MRT", "MR", 0, "Mauritania", "Mauritanie|موريتانيا" },
	{ "MSR", "MS", 0, "Montserrat", NULL },
	{ "MTQ", "MQ", 0, "Martinique", NULL },
	{ "MUS", "MU", 0, "Mauritius", "Maurice" },
	{ "MWI", "MW", 0, "Malawi", NULL },
	{ "MYS", "MY", 0, "Malaysia", "Malaisie" },
	{ "MYT", "YT", 0, "Mayotte", NULL },
	{ "NAM", "NA", 0, "Namibia", "Namibie" },
	{ "NCL", "NC", 0, "New Caledonia", "Nouvelle-Calédonie" },
	{ "NER", "NE", 0, "Niger", "النيجر" },
	{ "NFK", "NF", 0, "Norfolk Island", NULL },
	{ "NGA", "NG", 0, "Nigeria", "نيجيريا" },
	{ "NIC", "NI", 0, "Nicaragua", NULL },
	{ "NIU", "NU", 0, "Niue", NULL },
	{ "NLD", "NL", 0, "Netherlands", "Holland|Nederland|Pays-Bas|Niederlande|Países Bajos|Paesi Bassi|"
	  "The Netherlands|هولندا" },
	{ "NOR", "NO", 0, "Norway", "Norge|Norvège|Norwegen|Noruega|Norvegia" },
	{ "NPL", "NP", 0, "Nepal", "Népal" },
	{ "NRU", "NR", 0, "Nauru", NULL },
	{ "NZL", "NZ", 0, "New Zealand", "Nouvelle-Zélande|Neuseeland|Nueva Zelanda" },
	{ "OMN", "OM", 0, "Oman", "عمان|سلطنة عمان" },
	{ "PAK", "PK", 0, "Pakistan", "باكستان" },
	{ "PAN", "PA", 0, "Panama", "Panamá" },
	{ "PCN", "PN", 0, "Pitcairn", NULL },
	{ "PER", "PE", 0, "Peru", "Perú|Pérou" },
	{ "PHL", "PH", 0, "Philippines", "Filipinas|Philippinen|The Philippines" },
	{ "PLW", "PW", 0, "Palau", NULL },
	{ "PNG", "PG", 0, "Papua New Guinea", NULL },
	{ "POL", "PL", 0, "Poland", "Polska|Pologne|Polen|Polonia|Polônia|بولندا" },
	{ "PRI", "PR", 0, "Puerto Rico", NULL },
	{ "PRK", "KP", 0, "North Korea", "Democratic People's Republic of Korea|DPRK|Corée du Nord|Nordkorea" },
	{ "PRT", "PT", 0, "Portugal", "Portogallo" },
	{ "PRY", "PY", 0, "Paraguay", NULL },
	{ "PSE", "PS", 0, "Palestine", "State of Palestine|فلسطين" },
	{ "PYF", "PF", 0, "French Polynesia", NULL },
	{ "QAT", "QA", 0, "Qatar", "قطر" },
	{ "REU", "RE", 0, "Reunion", NULL },
	{ "ROU", "RO", 0, "Romania", "România|Roumanie|Rumänien|Rumania|ROM|رومانيا" },
	{ "RUS", "RU", 0, "Russia", "Russian Federation|Russie|Russland|Rusia|Rússia|Россия|РФ|روسيا" },
	{ "RWA", "RW", 0, "Rwanda", NULL },
	{ "SAU", "SA", 0, "Saudi Arabia", "Arabie saoudite|Saudi-Arabien|Arabia Saudita|KSA|"
	  "السعودية|المملكة العربية السعودية" },
	{ "SCG", "", 1, "Serbia and Montenegro", NULL },
	{ "SDN", "SD", 0, "Sudan", "Soudan|السودان" },
	{ "SEN", "SN", 0, "Senegal", "Sénégal" },
	{ "SGP", "SG", 0, "Singapore", "Singapour|Singapur" },
	{ "SGS", "GS", 0, "South Georgia and the South Sandwich Islands", NULL },
	{ "SHN", "SH", 0, "Saint Helena, Ascension and Tristan da Cunha", NULL },
	{ "SJM", "SJ", 0, "Svalbard and Jan Mayen", NULL },
	{ "SLB", "SB", 0, "Solomon Islands", NULL },
	{ "SLE", "SL", 0, "Sierra Leone", NULL },
	{ "SLV", "SV", 0, "El Salvador", "Salvador" },
	{ "SMR", "SM", 0, "San Marino", NULL },
	{ "SOM", "SO", 0, "Somalia", "Somalie|الصومال" },
	{ "SPM", "PM", 0, "Saint Pierre and Miquelon", NULL },
	{ "SRB", "RS", 0, "Serbia", "Srbija|Serbie|Serbien|Србија|صربيا" },
	{ "SSD", "SS", 0, "South Sudan", "Soudan du Sud|Südsudan|جنوب السودان" },
	{ "STP", "ST", 0, "Sao Tome and Principe", NULL },
	{ "SUN", "SU", 1, "Soviet Union", "USSR|URSS|UdSSR|Union soviétique|Sowjetunion|Unión Soviética|СССР" },
	{ "SUR", "SR", 0, "Suriname", "Surinam" },
	{ "SVK", "SK", 0, "Slovakia", "Slovensko|Slovaquie|Slowakei|Eslovaquia|Slovak Republic" },
	{ "SVN", "SI", 0, "Slovenia", "Slovenija|Slovénie|Slowenien|Eslovenia" },
	{ "SWE", "SE", 0, "Sweden", "Sverige|Suède|Schweden|Suecia|Svezia" },
	{ "SWZ", "SZ", 0, "Eswatini", "Swaziland" },
	{ "SXM", "SX", 0, "Sint Maarten", NULL },
	{ "SYC", "SC", 0, "Seychelles", NULL },
	{ "SYR", "SY", 0, "Syria", "Syrian Arab Republic|Syrie|Syrien|Siria|سوريا|سورية" },
	{ "TCA", "TC", 0, "Turks and Caicos Islands", NULL },
	{ "TCD", "TD", 0, "Chad", "Tchad|Tschad|تشاد" },
	{ "TGO", "TG", 0, "Togo", NULL },
	{ "THA", "TH", 0, "Thailand", "Thaïlande|Tailandia" },
	{ "TJK", "TJ", 0, "Tajikistan", "Tadjikistan|Tadschikistan" },
	{ "TKL", "TK", 0, "Tokelau", NULL },
	{ "TKM", "TM", 0, "Turkmenistan", NULL },
	{ "TLS", "TL", 0, "Timor-Leste", "East Timor" },
	{ "TMP", "TP", 1, "Portuguese Timor", NULL },
	{ "TON", "TO", 0, "Tonga", NULL },
	{ "TTO", "TT", 0, "Trinidad and Tobago", "Trinidad" },
	{ "TUN", "TN", 0, "Tunisia", "Tunisie|Tunesien|Túnez|تونس" },
	{ "TUR", "TR", 0, "Turkey", "Türkiye|Turquie|Türkei|Turquía|Turchia|تركيا" },
	{ "TUV", "TV", 0, "Tuvalu", NULL },
	{ "TWN", "TW", 0, "Taiwan", "Taïwan" },
	{ "TZA", "TZ", 0, "Tanzania", "United Republic of Tanzania|Tanzanie" },
	{ "UGA", "UG", 0, "Uganda", "Ouganda" },
	{ "UKR", "UA", 0, "Ukraine", "Ucrania|Ucraina|Україна|Украина" },
	{ "UMI", "UM", 0, "United States Minor Outlying Islands", NULL },
	{ "URY", "UY", 0, "Uruguay", NULL },
	{ "USA", "US", 0, "United States", "U.S.A.|United States of America|America|États-Unis|Vereinigte Staaten|"
	  "Estados Unidos|EE.UU.|EEUU|EUA|Stati Uniti|США|"
	  "الولايات المتحدة|الولايات المتحدة الأمريكية|أمريكا" },
	{ "UZB", "UZ", 0, "Uzbekistan", "Ouzbékistan|Usbekistan" },
	{ "VAT", "VA", 0, "Holy See", "Vatican|Vatican City" },
	{ "VCT", "VC", 0, "Saint Vincent and the Grenadines", NULL },
	{ "VDR", "VD", 1, "Democratic Republic of Viet-Nam", "North Vietnam" },
	{ "VEN", "VE", 0, "Venezuela", "Bolivarian Republic of Venezuela" },
	{ "VGB", "VG", 0, "British Virgin Islands", NULL },
	{ "VIR", "VI", 0, "United States Virgin Islands", "US Virgin Islands" },
	{ "VNM", "VN", 0, "Vietnam", "Viet Nam|Viêt Nam" },
	{ "VUT", "VU", 0, "Vanuatu", NULL },
	{ "WLF", "WF", 0, "Wallis and Futuna", NULL },
	{ "WSM", "WS", 0, "Samoa", NULL },
	{ "XKX", "XK", 0, "Kosovo", "Kosova|KOS" },
	{ "YEM", "YE", 0, "Yemen", "Yémen|Jemen|اليمن" },
	{ "YMD", "YD", 1, "Democratic Yemen", "South Yemen" },
	{ "YUG", "YU", 1, "Yugoslavia", "Jugoslavija|Yougoslavie|Jugoslawien|SFRY|Југославија" },
	{ "ZAF", "ZA", 0, "South Africa", "Afrique du Sud|Südafrika|Sudáfrica|RSA" },
	{ "ZAR", "ZR", 1, "Zaire", "Zaïre" },
	{ "ZMB", "ZM", 0, "Zambia", "Zambie" },
	{ "ZWE", "ZW", 0, "Zimbabwe", "Rhodesia" },
	{ "", "", 0, NULL, NULL },
};
#define COUNTRIES (sizeof countries / sizeof *countries - 1)

const struct country *country_all(void)
{
	return countries;
}

const struct country *country_of(const char *code)
{
	size_t low = 0, high = COUNTRIES;

	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = strcmp(code, countries[middle].code);

		if (order == 0)
			return &countries[middle];
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

/* Codes of two letters come last: as spellings they must not take what is a name elsewhere. */
int country_lexicon(struct lexicon **lexicon, struct lexicon_line **lines, struct error *e)
{
	struct lexicon_line *l = mem_new(3 * COUNTRIES + 1, sizeof *l, e);
	size_t n = 0;
	int status;

	*lines = NULL;
	if (!l)
		return STATUS_SYSTEM;
	for (size_t i = 0; i < COUNTRIES; i++)
		l[n++] = (struct lexicon_line){ countries[i].code, NULL, (int)i };
	for (size_t i = 0; i < COUNTRIES; i++)
		l[n++] = (struct lexicon_line){ countries[i].name, countries[i].others, (int)i };
	for (size_t i = 0; i < COUNTRIES; i++)
		if (countries[i].two[0] && !countries[i].past)
			l[n++] = (struct lexicon_line){ countries[i].two, NULL, (int)i };
	status = lexicon_new(lexicon, l, lexicon_plain_key, e);
	if (status)
		free(l);
	else
		*lines = l;
	return status;
}

static const char *skip(const char *list)
{
	return list + strspn(list, " ,;");
}

int country_list_check(const char *list, struct error *e)
{
	for (list = skip(list); *list; ) {
		size_t n = strcspn(list, " ,;");
		char code[4] = "";

		if (n == 3)
			memcpy(code, list, 3);
		if (!country_of(code))
			return error_set(e, STATUS_INPUT, "'%.*s' is no country (ISO 3166-1 alpha-3)",
					 (int)(n < 40 ? n : 40), list);
		list = skip(list + n);
	}
	return STATUS_DONE;
}

bool country_list_has(const char *list, const char *code)
{
	size_t length = strlen(code);

	for (list = skip(list); *list; ) {
		size_t n = strcspn(list, " ,;");

		if (n == length && !memcmp(list, code, n))
			return true;
		list = skip(list + n);
	}
	return false;
}
