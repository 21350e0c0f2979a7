/* form_words.c - the words of many languages for the codes of a form */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/form_words.h"

#include <stddef.h>

#include "record/form.h"

const struct lexicon_line form_category_words[] = {
	{ "lost", "missing|mislaid|loss|lost in transit|perdu|perdue|perte|égaré|égarée|verloren|abhanden|"
	  "verlust|vermisst|perdido|perdida|extraviado|extraviada|extravío|pérdida|extravio|smarrito|"
	  "smarrita|smarrimento|perso|vermist|förlorad|zagubiony|zagubiona|utracona|ztracená|izgubljeno|"
	  "elveszett|pierdut|утеряно|утрачено|утеря|kayıp|مفقود|مفقودة|"
	  "فقدان|ضائع|ضياع", 0 },
	{ "stolen", "theft|stole|burglary|robbery|larceny|volé|volée|vol|dérobé|gestohlen|diebstahl|entwendet|"
	  "robado|robada|robo|hurto|hurtado|hurtada|sustraído|roubado|roubada|roubo|furto|furtado|furtada|"
	  "rubato|rubata|gestolen|diefstal|stulen|stöld|stjålet|varastettu|skradziony|skradziona|kradzież|"
	  "odcizená|krádež|ukradeno|lopott|furat|украдено|похищено|кража|"
	  "çalıntı|çalınmış|مسروق|مسروقة|سرقة|سرقه|stolen gun|stolen firearm", 0 },
	{ "trafficked", "trafficking|illicit trafficking|illegal|illicit|crime gun|traced|seized|trafic|trafiqué|"
	  "handel|illegaler handel|waffenhandel|tráfico|traficado|traficada|traffico|trafficato|"
	  "wapenhandel|незаконный оборот|اتجار غير مشروع|اتجار", 0 },
	{ "smuggled", "smuggling|contraband|contrebande|geschmuggelt|schmuggel|contrabando|contrabbando|"
	  "gesmokkeld|smokkel|smugglad|przemyt|pašování|krijumčareno|csempészett|"
	  "контрабанда|kaçak|مهرب|مهربة|تهريب", 0 },
	{ NULL, NULL, 0 },
};

const struct lexicon_line form_type_words[] = {
	{ "pistol", "P|handgun|hand gun|semi auto pistol|semi automatic pistol|semiautomatic pistol|auto pistol|PI|"
	  "machine pistol semi|derringer|PD|pistolet|pistolet automatique|pistolet semi automatique|pistole|"
	  "selbstladepistole|faustfeuerwaffe|pistola|pistola semiautomática|pistola semiautomatica|kurzwaffe|"
	  "pistool|pistolj|pištolj|pisztoly|pistol semiautomat|пистолет|пістолет|tabanca|مسدس|手枪|arma curta|"
	  "arme de poing|arma corta|schreckschusspistole|pistola de salva|pistool semi", 0 },
	{ "revolver", "rev|PR|révolver|revólver|rivoltella|револьвер|rewolwer|toplu tabanca|pistola a rotazione|"
	  "revolveri|revolwer|револвер", 0 },
	{ "rifle", "R|long gun|longgun|carbine|assault rifle|semi auto rifle|RI|RB|RL|RS|sporting rifle|battle rifle|"
	  "fusil|fusil d'assaut|carabine|fusil de chasse rayé|gewehr|büchse|sturmgewehr|karabiner|langwaffe|"
	  "repetierbüchse|rifle de asalto|fusil de asalto|carabina|fuzil|espingarda rayada|fucile|"
	  "fucile d'assalto|geweer|karabijn|gevär|kivääri|karabin|puška|puska|carabină|винтовка|карабин|автомат|"
	  "гвинтівка|tüfek|piyade tüfeği|بندقية|步枪|rifel|arme d'épaule", 0 },
	{ "shotgun", "S|shot gun|SP|SS|SI|sawed off shotgun|sawn off shotgun|fusil à pompe|fusil de chasse|flinte|"
	  "schrotflinte|pumpgun|escopeta|espingarda|fucile a canna liscia|fucile a pompa|hagelgeweer|"
	  "hagelgevär|haulikko|strzelba|dubeltówka|brokovnice|sačmarica|sörétes|pușcă de vânătoare|ружье|"
	  "дробовик|ружьё|рушниця|av tüfeği|pompalı tüfek|霰弹枪", 0 },
	{ "submachine-gun", "B|sub machine gun|smg|machine pistol|pistolet mitrailleur|mitraillette|maschinenpistole|"
	  "subfusil|metralleta|submetralhadora|pistola metralhadora|pistola mitragliatrice|mitra|"
	  "machinepistool|kulsprutepistol|pistolet maszynowy|samopal|automat|пистолет пулемет|"
	  "пистолет-пулемёт|makineli tabanca|subametralladora|ametralladora de mano", 0 },
	{ "machine-gun", "M|machinegun|lmg|hmg|gpmg|light machine gun|heavy machine gun|mitrailleuse|"
	  "fusil mitrailleur|maschinengewehr|ametralladora|metralhadora|mitragliatrice|machinegeweer|"
	  "kulspruta|karabin maszynowy|kulomet|mitraljez|géppuska|пулемет|пулемёт|makineli tüfek|رشاش|机枪", 0 },
	{ "combination", "C|combination gun|rifle shotgun combination|drilling|combo|fusil mixte|kombinierte waffe|"
	  "büchsflinte|combinado|mixta|fucile combinato|комбинированное", 0 },
	{ "disguised", "D|disguised gun|pen gun|cane gun|stylo pistolet|getarnte waffe|schießkugelschreiber|"
	  "arma disimulada|bolígrafo pistola|arma camuflada|arma dissimulada|penna pistola", 0 },
	{ "grenade-launcher", "G|grenade launcher|grenade|lance grenades|granatwerfer|lanzagranadas|lança granadas|"
	  "lanciagranate|гранатомет|гранатомёт|bombaatar", 0 },
	{ "cannon", "A|canon|kanone|cañón|canhão|cannone|пушка|top", 0 },
	{ "mortar", "O|mortier|mörser|mortero|morteiro|mortaio|миномет|миномёт|havan", 0 },
	{ "missile", "J|manpads|missile launcher|rakete|misil|míssil|ракета|пзрк", 0 },
	{ "rocket", "K|rpg|rocket launcher|lance roquettes|panzerfaust|lanzacohetes|lança foguetes|lanciarazzi|рпг|"
	  "roketatar", 0 },
	{ "silencer", "V|suppressor|sound moderator|muffler|silencieux|schalldämpfer|silenciador|silenziatore|"
	  "geluiddemper|ljuddämpare|tłumik|глушитель|susturucu|moderator", 0 },
	{ "other", "Z|all others|others|misc|autre|andere|sonstige|otro|otra|outro|outra|altro|altra|anders|"
	  "diğer|другое|прочее|air gun|airgun|air rifle|air pistol|luftgewehr|luftpistole|arme à air comprimé|"
	  "arma de aire comprimido|flare gun|receiver|frame|receiver frame|lower receiver|part|parts", 0 },
	{ NULL, NULL, 0 },
};

const struct lexicon_line form_action_words[] = {
	{ "automatic", "A|full auto|fully automatic|select fire|selective fire|full automatic|automatique|vollautomat|"
	  "automático|automática|automatico|автоматический|tam otomatik", 0 },
	{ "semi-automatic", "I|semi auto|semiauto|semi automatic|semiautomatic|autoloading|auto loading|self loading|sa|"
	  "semi automatique|halbautomat|halbautomatisch|selbstlader|semiautomático|semiautomática|"
	  "semiautomatico|semi automático|halfautomatisch|halvautomatisk|półautomatyczny|poloautomatická|"
	  "полуавтомат|полуавтоматический|yarı otomatik", 0 },
	{ "bolt", "B|bolt action|à verrou|verrou|repetierer|kammerverschluss|cerrojo|de cerrojo|ferrolho|otturatore|"
	  "grendel|затворная|sürgülü", 0 },
	{ "lever", "L|lever action|levier|à levier|unterhebel|unterhebelrepetierer|palanca|alavanca|leva", 0 },
	{ "pump", "P|pump action|slide action|à pompe|pompe|vorderschaft|vorderschaftrepetierer|corredera|bombeo|"
	  "bomba|pompa|pompalı|помпа", 0 },
	{ "revolver", "R|revolving|rev|révolver|revólver|trommel|tambor|rivoltella|револьвер", 0 },
	{ "single-shot", "S|single shot|single|un coup|monocoup|einzellader|einschüssig|monotiro|un tiro|tiro único|"
	  "colpo singolo|однозарядный", 0 },
	{ "break", "break action|break open|basculant|kipplauf|kipplaufwaffe|bascule|basculante", 0 },
	{ "side-by-side", "E|double barrel|side by side|sxs|juxtaposé|juxtaposés|doppelflinte|querflinte|"
	  "yuxtapuesta|paralela|doppietta|двустволка|çifte", 0 },
	{ "over-under", "O|over under|over and under|o u|superposé|superposés|bockflinte|bock|superpuesta|"
	  "sobrepostos|sovrapposto|süperpoze", 0 },
	{ "three-barrels", "W|three barrels|drilling", 0 },
	{ "four-barrels", "X|four or more barrels|four barrels|vierling", 0 },
	{ "carbine", "C|carabine|karabiner|carabina", 0 },
	{ "derringer", "D|deringer", 0 },
	{ "flintlock", "H|silex|steinschloss|chispa|pedernal|pietra focaia", 0 },
	{ "percussion", "U|caplock|cap lock|muzzle loader|muzzleloader|black powder|perkussion|vorderlader|percusión|"
	  "avancarga|antecarga|avancarica|poudre noire", 0 },
	{ "gas-air", "G|gas or air|air|gas|pneumatic|air comprimé|luftdruck|druckluft|aire comprimido|ar comprimido|"
	  "aria compressa|co2", 0 },
	{ "blank", "K|blank firing|blank gun|starter|alarme|à blanc|schreckschuss|fogueo|detonadora|salva|a salve|"
	  "kurusıkı|gaz alarm", 0 },
	{ "flare", "F|signal|signalpistole|señales|bengala|segnalazione|lance fusée|сигнальный", 0 },
	{ "tear-gas", "V|tear gas|gaz lacrymogène|reizstoff|gas lacrimógeno", 0 },
	{ "launcher", "N", 0 },
	{ "recoilless", "T", 0 },
	{ "jet", "J|jet propelled|rocket", 0 },
	{ "other", "Z|autre|andere|otro|outro|altro", 0 },
	{ NULL, NULL, 0 },
};

const struct lexicon_line form_ground_words[] = {
	{ "national-law", "national law|law", 0 },
	{ "embargo", "arms embargo|un embargo|un security council embargo|security council", 0 },
	{ "unmarked", "not marked|no marking|marking", 0 },
	{ "unlicensed-manufacture", "made without licence|without licence|unlicensed manufacture|illicit manufacture|"
	  "without license", 0 },
	{ "unauthorised-transfer", "unauthorized transfer|unauthorised transfer|transfer without authorisation|"
	  "illicit transfer|transferred without authorisation", 0 },
	{ NULL, NULL, 0 },
};

const struct lexicon_line form_class_words[] = {
	{ "official", "official use only|for official use only|ouo|fouo", 0 },
	{ "restricted", NULL, 0 },
	{ "confidential", NULL, 0 },
	{ NULL, NULL, 0 },
};

/* Words before and behind that say nothing ("gun make", "weapon calibre") are taken off by who
 * looks up; a column about a person must never be found here. */
const struct lexicon_line form_column_words[] = {
	{ "id", "record id|iarms id|record number", FORM_ID },
	{ "owner", "owner country|country of record|reporting country|pays propriétaire|pays déclarant|owner_country|"
	  "país propietario|país informante|país declarante|meldendes land|الدولة المالكة|"
	  "البلد المبلغ|الدولة المبلغة",
	  FORM_OWNER },
	{ "agency", "reporting agency|department|police department|law enforcement agency|service|unit|dienststelle|"
	  "behörde|الجهة|الجهة المبلغة|organismo|agencia|órgão|ente|autorité|ori|"
	  "orgao|delegacia|comisaría|jurisdiction", FORM_AGENCY },
	{ "case", "case number|case no|case id|case #|incident|incident number|report number|file number|oca|docket|"
	  "case_number|numéro de dossier|dossier|n° dossier|affaire|procédure|aktenzeichen|az|vorgang|"
	  "vorgangsnummer|expediente|número de caso|caso|causa|denuncia|processo|inquérito|ocorrência|"
	  "boletim de ocorrência|bo|numero pratica|pratica|fascicolo|dossiernummer|zaaknummer|nr sprawy|sygnatura|"
	  "číslo případu|номер дела|дело|dosya no|رقم القضية|رقم الملف|"
	  "رقم البلاغ|reference|reference number|ref|agency case number|complaint number|"
	  "report no|incident no|gid|dr number", FORM_CASE },
	{ "category", "status type|reason recorded|record type|catégorie|kategorie|categoría|categoria|категория|"
	  "offense type|offence type|offense|offence|event type|incident type|crime type|loss type|"
	  "type of loss|lost or stolen|"
	  "lost stolen|property status|motivo|nature des faits|nature du fait|nature de l'infraction|type d'événement|"
	  "deliktsart|delikt|tatbestand|tipo de delito|delito|tipo de hecho|tipo de crime|natureza do fato|tipo de evento|"
	  "situação|tipo reato|reato|вид преступления|الفئة|نوع الحادث|"
	  "نوع الجريمة|سبب التسجيل", FORM_CATEGORY },
	{ "event_date", "date|event date|date of event|crime date|date of crime|incident date|offense date|offence date|"
	  "theft date|date of theft|date stolen|stolen date|date lost|loss date|date of loss|report date|"
	  "reported date|date reported|occurred date|occurrence date|recovery date|date recovered|seizure date|"
	  "date seized|date of seizure|date of recovery|date du vol|date de vol|date de perte|date des faits|date de saisie|"
	  "tatzeit|tattag|tatdatum|datum|diebstahlsdatum|verlustdatum|sicherstellungsdatum|fecha|fecha de robo|"
	  "fecha del hecho|fecha de hecho|fecha de extravío|fecha de incautación|data|data do fato|data do roubo|"
	  "data da apreensão|data apreensão|data del furto|data furto|data evento|data smarrimento|datum diefstal|"
	  "date du vol ou de la perte|diebstahldatum|fecha de hurto|fecha de pérdida|fecha de denuncia|fecha de sustracción|"
	  "data do furto|data do extravio|data della denuncia|stölddatum|tyveridato|data zdarzenia|"
	  "data kradzieży|datum krádeže|дата|дата кражи|tarih|dot|data da ocorrência|"
	  "data ocorrência|data do evento|fecha de ocurrencia|"
	  "التاريخ|تاريخ|تاريخ الحادث|تاريخ السرقة|"
	  "تاريخ الفقدان|تاريخ الضبط|crime_date|occur date|date occurred", FORM_EVENT_DATE },
	{ "event_place", "place|location|event place|recovery state|recovery city|recovery location|place of theft|city|"
	  "theft location|incident location|lieu|lieu du vol|ville|commune|tatort|ort|fundort|lugar|lugar del hecho|"
	  "municipio|localidad|ciudad|local|município|cidade|luogo|luogo del furto|comune|plaats|miejsce|místo|"
	  "место|yer|il|المكان|مكان الحادث|مكان السرقة|مكان الضبط|"
	  "المدينة|recovery_state|county|province|state|departamento|estado|region", FORM_EVENT_PLACE },
	{ "type", "kind|type of firearm|class of firearm|category of firearm|type d'arme|nature|genre|"
	  "waffenart|art|typ|tipo|clase|clase de arma|tipo de arma|espécie|espécie da arma|tipo arma|soort|wapensoort|"
	  "rodzaj|druh|vrsta|típus|тип|вид|вид оружия|tür|cins|tip|نوع السلاح|"
	  "النوع|صنف السلاح|gun type|typ der waffe|arme type", FORM_TYPE },
	{ "action", "type of action|operation|mechanism|mécanisme|fonctionnement|système|verschluss|system|mecanismo|"
	  "funcionamiento|acción|funcionamento|funzionamento|действие", FORM_ACTION },
	{ "make", "manufacturer|maker|brand|mfr|mfg|manuf|make name|mak|marque|fabricant|marque de l'arme|hersteller|"
	  "marke|fabrikat|marca|fabricante|marca de arma|produttore|fabbricante|merk|fabrikant|märke|tillverkare|"
	  "fabrikat|producent|marka|výrobce|značka|proizvođač|gyártó|producător|производитель|марка|изготовитель|"
	  "üretici|الماركة|الصانع|الشركة الصانعة|الشركة المصنعة|"
	  "العلامة التجارية|manufacturer name|manufacturer importer", FORM_MAKE },
	{ "model", "model name|model number|mod|modèle|modell|modelo|modello|модель|malli|"
	  "الطراز|الموديل|موديل|model no|typ model", FORM_MODEL },
	{ "calibre", "caliber|cal|calibre gauge|caliber gauge|gauge|chambering|calibro|kaliber|calibre de l'arme|"
	  "kalibr|ráže|kalibar|kaliper|калибр|kalibre|çap|العيار|عيار|calibre nominal|"
	  "munition|cartridge", FORM_CALIBRE },
	{ "serial", "serial number|serial no|serial num|serial #|ser|ser no|sn|s n|serialno|serialnumber|serial nbr|serno|"
	  "numéro de série|n° de série|no de série|n° série|numéro|matricule|n° d'arme|numéro de l'arme|numéro d'arme|"
	  "seriennummer|serien nr|waffennummer|waffen nr|herstellungsnummer|fabriknummer|nummer|número de serie|"
	  "nro de serie|nº de serie|no serie|serie|nro serie|numero|número de série|número da arma|nº série|nº da arma|"
	  "número|série|matricola|numero di matricola|numero matricola|numero di serie|serienummer|wapennummer|"
	  "serienummer vapen|vapennummer|sarjanumero|numer seryjny|numer fabryczny|numer|nr seryjny|výrobní číslo|"
	  "serijski broj|gyári szám|serie armă|seria|серийный номер|номер|номер оружия|заводской номер|seri no|"
	  "seri numarası|silah no|الرقم التسلسلي|الرقم المتسلسل|"
	  "رقم السلاح|رقم التسلسل|رقم مسلسل", FORM_SERIAL },
	{ "serial_state", "serial status|state of serial|serial number state|obliterated|état du numéro|"
	  "zustand der nummer|estado de la numeración|estado da numeração", FORM_SERIAL_STATE },
	{ "made_in", "country of manufacture|country of origin|manufactured in|origin country|country made|"
	  "pays de fabrication|pays d'origine|herstellungsland|herkunftsland|ursprungsland|país de fabricación|"
	  "país de origen|país de fabricação|país de origem|paese di fabbricazione|paese di origine|"
	  "land van herkomst|tillverkningsland|kraj produkcji|země původu|страна производства|"
	  "üretim ülkesi|menşei|بلد الصنع|بلد المنشأ|manufacture country", FORM_MADE_IN },
	{ "made_year", "year of manufacture|manufacture year|year made|model year|année de fabrication|baujahr|"
	  "herstellungsjahr|año de fabricación|ano de fabricação|anno di fabbricazione|bouwjaar|"
	  "tillverkningsår|rok produkcji|rok výroby|год выпуска|üretim yılı", FORM_MADE_YEAR },
	{ "import_country", "country of import|importing country|imported to|pays d'importation|importland|einfuhrland|"
	  "país de importación|país de importação", FORM_IMPORT_COUNTRY },
	{ "import_year", "year of import|importation year|année d'importation|einfuhrjahr|año de importación",
	  FORM_IMPORT_YEAR },
	{ "marks", "markings|other markings|other marks|proof marks|import marks|marquages|poinçons|kennzeichen|beschuss|"
	  "beschusszeichen|marcas|marcas de prueba|punzones|marcações|punzoni|клейма|importer", FORM_MARKS },
	{ "components", "parts|part serials|parts serials|component serials|slide serial|barrel serial|bauteile|teilenummern|"
	  "piezas|peças|parti", FORM_COMPONENTS },
	{ "ground", "illicit ground|ground of illicitness|motif d'illicéité", FORM_GROUND },
	{ "class", "classification|confidentiality", FORM_CLASS },
	{ "exclude", "excluded countries|not for", FORM_EXCLUDE },
	{ "only", "only for|share with", FORM_ONLY },
	{ "purpose", "purpose of processing", FORM_PURPOSE },
	{ "remarks", "notes|comments|comment|remark|miscellaneous|mis|description|remarques|observations|commentaire|"
	  "bemerkung|bemerkungen|anmerkung|observaciones|comentarios|observações|obs|note|osservazioni|"
	  "opmerkingen|anmärkning|uwagi|poznámka|napomena|megjegyzés|примечание|"
	  "ملاحظات|açıklama|notlar", FORM_REMARKS },
	{ NULL, NULL, 0 },
};
