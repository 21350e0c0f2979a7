/* calibre_table.c - the table of calibres */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/calibre.h"

#include <stddef.h>

/* Names follow the C.I.P. and SAAMI lists, shortened. Spellings need no variants of case, blanks,
 * points, commas and "mm" (calibre.c): "7.62x39mm" also finds "7,62 X 39". */
const struct calibre calibre_table[] = {
	/* rimfire and small */
	{ ".22 LR", ".22", "22 LONG RIFLE|22LR|22 L R|22 L.R.|5.6mm|5.6x15R|22 RIMFIRE|22 RF|"
	  "22 LONGRIFLE|22 LFB|lfB|22 kurz lang|22 S L LR|22 Short Long LR|22 S/L/LR|5.6 lfb|"
	  ".22 L.R. HV|22 cal LR" },
	{ ".22 Short", ".22", "22 S|22 CORTO|22 COURT|22 KURZ|22 SHORT RF" },
	{ ".22 Long", ".22", "22 L|22 LARGO" },
	{ ".22 WMR", ".22", "22 MAG|22 MAGNUM|22 WIN MAG|22 WINCHESTER MAGNUM|"
	  "22 WINCHESTER MAGNUM RIMFIRE|22 WMRF|22 MRF|22 WIN MAG RIMFIRE|22 WIN MAGNUM|"
	  "22 MAGNUM RIMFIRE" },
	{ ".22 WRF", ".22", "22 REM SPECIAL" },
	{ ".22 TCM", ".22", "22 TCM 9R" },
	{ ".22 Hornet", ".22", "22 HORNET WINCHESTER|5.6x35R|5.6x36R|22 HOR" },
	{ ".22-250 Remington", ".22", "22-250|22-250 REM|22 250" },
	{ ".22", ".22", "22 CAL|22 CALIBER|0.22" },
	{ ".17 HMR", ".17", "17 HORNADY MAGNUM RIMFIRE|17HMR" },
	{ ".17 HM2", ".17", "17 MACH 2|17 HORNADY MACH 2" },
	{ ".17 WSM", ".17", "17 WINCHESTER SUPER MAGNUM" },
	{ ".17 Remington", ".17", "17 REM" },
	{ ".17", ".17", NULL },
	{ ".177", NULL, "4.5mm|177 AIR|177 PELLET|4.5 BB|177 BB" },
	{ ".204 Ruger", NULL, "204|204 RUG" },
	{ ".218 Bee", NULL, "218" },
	{ ".220 Swift", NULL, "220" },
	{ ".221 Fireball", NULL, "221 REM FIREBALL|221 REMINGTON FIREBALL|221" },
	{ ".222 Remington", NULL, "222|222 REM|5.7x43" },
	{ ".222 Remington Magnum", NULL, "222 REM MAG" },
	{ ".224 Valkyrie", NULL, "224" },
	{ ".223 Remington", NULL, "223|223 REM|223 CAL|223 REMMINGTON|223 R" },
	{ "5.56x45mm NATO", NULL, "5.56|5.56mm|5.56x45|5.56 NATO|556|5.56x45 NATO|5.56/.223|223/5.56|"
	  "5.56mm NATO|.556|5.56x45mm|223/5.56x45|223 556|.223/5.56 NATO|multi 5.56|5.56 x 45 NATO" },
	{ ".223 Wylde", NULL, "223 WYLDE 5.56" },
	{ "5.45x39mm", NULL, "5.45|5.45mm|5.45x39|5.45 SOVIET|545" },
	{ "5.45x18mm", NULL, "5.45x18 PSM" },
	{ "5.7x28mm", NULL, "5.7|5.7mm|5.7x28|FN 5.7|57|5.7x28 FN|5.7 FN|5.7x28mm FN" },
	{ "4.6x30mm", NULL, "4.6x30 HK|4.6" },
	{ ".25 ACP", NULL, "25 AUTO|25 AUTOMATIC|6.35|6.35mm|6.35 BROWNING|6.35mm BROWNING|6.35x15|"
	  "6.35x16|6.35x16SR|25|25 CAL|6.35 AUTO|6.35x15.5 SR|635 BR|6.35 brow" },
	{ ".25-20 Winchester", NULL, "25-20|25-20 WCF" },
	{ ".25-35 Winchester", NULL, "25-35|25-35 WCF" },
	{ ".25-06 Remington", NULL, "25-06|25-06 REM" },
	{ ".250 Savage", NULL, "250-3000|250-3000 SAVAGE|250" },
	{ ".257 Roberts", NULL, "257|257 ROB" },
	{ ".257 Weatherby Magnum", NULL, "257 WBY MAG|257 WEATHERBY" },
	{ ".243 Winchester", NULL, "243|243 WIN|6.16x51" },
	{ "6mm Remington", NULL, "6mm REM|244 REM|6mm" },
	{ "6mm Creedmoor", NULL, "6 CREEDMOOR|6mm CM" },
	{ "6mm ARC", NULL, "6 ARC" },
	{ ".240 Weatherby Magnum", NULL, "240 WBY MAG" },
	{ "6.5 Creedmoor", "6.5mm", "6.5mm CREEDMOOR|6.5 CM|6.5 CRDMR|6.5 CREED|6.5 CREEDMORE" },
	{ "6.5 Grendel", "6.5mm", "6.5mm GRENDEL|6.5x38" },
	{ "6.5 PRC", "6.5mm", NULL },
	{ "6.5x55mm", "6.5mm", "6.5x55 SWEDISH|6.5 SWEDE|6.5 SWEDISH|6.5x55 SE|6.5x55 SKAN|"
	  "6.5x55 MAUSER|6.5x55 SWEDISH MAUSER" },
	{ "6.5x52mm Carcano", "6.5mm", "6.5 CARCANO|6.5x52|6.5 ITALIAN" },
	{ "6.5x50mm Arisaka", "6.5mm", "6.5 ARISAKA|6.5 JAP|6.5 JAPANESE|6.5x50SR" },
	{ "6.5x57mm", "6.5mm", "6.5x57R" },
	{ "6.5mm", "6.5mm", "6.5" },
	{ ".260 Remington", NULL, "260|260 REM" },
	{ ".264 Winchester Magnum", NULL, "264 WIN MAG|264" },
	{ ".270 Winchester", ".270", "270 WIN|270 WCF" },
	{ ".270 WSM", ".270", "270 WIN SHORT MAG|270 WINCHESTER SHORT MAGNUM" },
	{ ".270 Weatherby Magnum", ".270", "270 WBY MAG|270 WEATHERBY" },
	{ ".270", ".270", NULL },
	{ "6.8mm SPC", NULL, "6.8 SPC|6.8 REM SPC|6.8x43|6.8" },
	{ ".277 Fury", NULL, "277 SIG FURY|6.8x51" },
	/* 7 mm */
	{ "7mm Remington Magnum", "7mm", "7mm REM MAG|7mm MAG|7 REM MAG|7mm REM MAGNUM|7mm RM" },
	{ "7mm-08 Remington", "7mm", "7mm-08|7-08|7mm 08 REM" },
	{ "7x57mm Mauser", "7mm", "7x57|7mm MAUSER|7x57R|275 RIGBY" },
	{ "7x64mm", "7mm", "7x64 BRENNEKE|7x65R" },
	{ "7mm WSM", "7mm", NULL },
	{ "7mm PRC", "7mm", NULL },
	{ "7mm", "7mm", NULL },
	{ ".280 Remington", NULL, "280|280 REM|7mm EXPRESS" },
	{ ".280 Ackley Improved", NULL, "280 AI" },
	{ ".284 Winchester", NULL, "284|284 WIN" },
	{ "7.35x51mm Carcano", NULL, "7.35 CARCANO|7.35" },
	{ "7.5x55mm Swiss", "7.5mm", "7.5 SWISS|7.5x55|GP11|7.5x55 SCHMIDT RUBIN" },
	{ "7.5x54mm French", "7.5mm", "7.5 FRENCH|7.5x54|7.5 MAS|7.5 MLE 1929" },
	{ "7.5mm Swiss Ordnance", "7.5mm", "7.5 SWISS ORDNANCE|7.5mm 1882" },
	{ "7.5mm", "7.5mm", "7.5" },
	/* .30 and 7.62 */
	{ "7.62x39mm", "7.62mm", "7.62x39|7.62 SOVIET|7.62 RUSSIAN SHORT|7.62x39 SOVIET|"
	  "7.62x39 RUSSIAN|762 39|M43|AK 7.62x39|7.62*39|7.62-39|7.62x39 kurz" },
	{ "7.62x51mm NATO", "7.62mm", "7.62x51|7.62 NATO|7.62x51 NATO|7.62x51mm|7.62mm NATO" },
	{ "7.62x54mmR", "7.62mm", "7.62x54|7.62x54R|7.62x54 R|7.62 RUSSIAN|7.62x53R|7.62x53|"
	  "7.62x54 RUSSIAN" },
	{ "7.62x25mm Tokarev", "7.62mm", "7.62 TOKAREV|7.62x25|7.62 TOK|7.62mm TOKAREV|7.62 TT|"
	  "30 TOKAREV|7.62x25 TT" },
	{ "7.62x38mmR", "7.62mm", "7.62 NAGANT|7.62x38|7.62x38R|7.62x39R NAGANT|7.62 NAGANT REVOLVER" },
	{ "7.62mm", "7.62mm", "7.62|762" },
	{ ".300 Blackout", "7.62mm", "300 BLK|300 AAC|300 AAC BLACKOUT|300 BLACK OUT|7.62x35|300BO|"
	  "300 BO|300 AAC BLK" },
	{ "7.63x25mm Mauser", NULL, "7.63 MAUSER|7.63|7.63x25|30 MAUSER|7.63mm MAUSER|30 CAL MAUSER" },
	{ "7.65x21mm Parabellum", "7.65mm", "7.65 PARABELLUM|7.65 PARA|30 LUGER|7.65 LUGER|7.65x21|"
	  "7.65x22 PARABELLUM|7.65mm LUGER|30 CAL LUGER" },
	{ "7.65x20mm Longue", "7.65mm", "7.65 LONGUE|7.65 LONG|7.65 MAS|7.65 FRENCH LONG|7.65 L|"
	  "7.65 LONG FRANCAIS" },
	{ "7.65x53mm Argentine", "7.65mm", "7.65 ARGENTINE|7.65x53|7.65 ARGENTINO|7.65x54|7.65 MAUSER|"
	  "7.65x53 MAUSER" },
	{ "7.65mm", "7.65mm", "7.65" },
	{ "7.7x58mm Arisaka", NULL, "7.7 JAP|7.7 ARISAKA|7.7 JAPANESE|7.7x58|7.7" },
	{ ".308 Winchester", NULL, "308 WIN|308|.308 cal|308/7.62|7.62x51/308|"
	  "308 WINCHESTER 7.62x51|308 WIN 7.62 NATO" },
	{ ".30-06 Springfield", ".30", "30-06|30-06 SPRG|30-06 SPRINGFIELD|30/06|3006|30-06 SPR|"
	  "30 06 SPG|7.62x63|30-06 GOV|30.06|30 06 cal" },
	{ ".30-30 Winchester", ".30", "30-30|30-30 WIN|30 WCF|30/30|3030|30-30 WCF|.30.30" },
	{ ".30 Carbine", ".30", "30 CARB|30 M1 CARBINE|30 M1|30 US CARBINE|7.62x33|30 CAL CARBINE|"
	  "30 CARBINE M1" },
	{ ".30-40 Krag", ".30", "30-40|30 KRAG|30-40 KRAG JORGENSEN" },
	{ ".30 Super Carry", ".30", NULL },
	{ ".30", ".30", "30 CAL" },
	{ ".300 Winchester Magnum", ".300", "300 WIN MAG|300 WM|300 WINMAG|300 WIN MAGNUM|"
	  "300 WSM MAG" },
	{ ".300 WSM", ".300", "300 WIN SHORT MAG|300 WINCHESTER SHORT MAGNUM" },
	{ ".300 Weatherby Magnum", ".300", "300 WBY MAG|300 WEATHERBY|300 WBY" },
	{ ".300 Savage", ".300", "300 SAV" },
	{ ".300 Holland & Holland Magnum", ".300", "300 H&H|300 H&H MAG|300 H H MAGNUM" },
	{ ".300 PRC", ".300", NULL },
	{ ".300 Remington Ultra Magnum", ".300", "300 RUM|300 ULTRA MAG|300 REM ULTRA MAG" },
	{ ".300", ".300", NULL },
	{ ".303 British", NULL, "303|303 BRIT|303 ENFIELD|7.7x56R|303 BR|303 LEE ENFIELD" },
	{ ".307 Winchester", NULL, "307 WIN" },
	/* .32 to .357 */
	{ ".32 ACP", ".32", "32 AUTO|32 AUTOMATIC|7.65 BROWNING|7.65mm BROWNING|7.65x17|7.65x17SR|"
	  "7.65 BR|7.65 AUTO|7.65x17mm|32 A.C.P.|7.65 Brow|7.65 WALTHER|7.65 court|7.65x17 BROWNING|"
	  "32 ACP AUTO|7.65 BRNG" },
	{ ".32 S&W", ".32", "32 SMITH & WESSON|32 SW|32 S&W SHORT|32 SHORT|32 S W CORTO" },
	{ ".32 S&W Long", ".32", "32 SWL|32 LONG|32 S&W L|32 SMITH & WESSON LONG|32 SW LONG|32 LARGO|"
	  "32 S&WL|32 LONGO|32 S W LONGO|32 WADCUTTER|32 NP|32 COLT NEW POLICE" },
	{ ".32 Long Colt", ".32", "32 LC|32 SHORT COLT|32 COLT" },
	{ ".32 H&R Magnum", ".32", "32 H&R|32 MAG|32 MAGNUM|32 HR MAG" },
	{ ".32-20 Winchester", ".32", "32-20|32 WCF|32-20 WCF|32-20 WIN" },
	{ ".32 Winchester Special", ".32", "32 WIN SPL|32 WIN SPECIAL|32 WS|32 SPECIAL" },
	{ ".32 NAA", ".32", NULL },
	{ ".32", ".32", "32 CAL" },
	{ ".327 Federal Magnum", NULL, "327|327 FED MAG|327 FEDERAL|327 MAG" },
	{ ".338 Lapua Magnum", ".338", "338 LAPUA|338 LM|338 LAPUA MAG|8.6x70" },
	{ ".338 Winchester Magnum", ".338", "338 WIN MAG" },
	{ ".338 Federal", ".338", NULL },
	{ ".338", ".338", NULL },
	{ ".340 Weatherby Magnum", NULL, "340 WBY MAG|340" },
	{ ".35 Remington", ".35", "35 REM" },
	{ ".35 Whelen", ".35", NULL },
	{ ".35", ".35", NULL },
	{ ".350 Legend", NULL, "350 LEG|350" },
	{ ".351 Winchester SL", NULL, "351 WIN|351" },
	{ ".357 Magnum", ".357", "357 MAG|357 REM MAG|357 S&W MAG|357 MAGNUN|357 REMINGTON MAGNUM|"
	  "357 S&W MAGNUM|9x33R|357 MAG.|357/38|38/357|357 MAGNUM/38 SPL|357 MAGNUM 38 SPECIAL|"
	  "38 SPL/357 MAG|9.1x33R" },
	{ ".357 SIG", ".357", "357 SIG SAUER|9x22 SIG|357SIG" },
	{ ".357 Maximum", ".357", "357 MAX" },
	{ ".357", ".357", "357 CAL|9.1mm" },
	{ ".358 Winchester", NULL, "358 WIN|358" },
	{ ".360 Buckhammer", NULL, NULL },
	/* 8 mm */
	{ "8x57mm Mauser", "8mm", "8mm MAUSER|8x57|7.92x57|7.92 MAUSER|8x57 IS|8x57 JS|8x57IS|8x57 I|"
	  "8x57 JRS|7.92|7.92x57 MAUSER|8x57 IRS|8x57 S" },
	{ "7.92x33mm Kurz", NULL, "7.92 KURZ|7.92x33|8mm KURZ" },
	{ "8mm Lebel", "8mm", "8x50R LEBEL|8x51R|8mm LEBEL RIFLE|8x50R" },
	{ "8mm Lebel Revolver", "8mm", "8mm 1892|8mm FRENCH ORDNANCE|8mm LEBEL REV|8x27R|8 mm 92|"
	  "8mm ordnance" },
	{ "8mm Gasser", "8mm", "8x27 GASSER|8mm RAST GASSER" },
	{ "8mm Nambu", "8mm", "8x22|8x22 NAMBU" },
	{ "8mm Steyr", "8mm", "8mm ROTH STEYR|8x19" },
	{ "8x56mmR", "8mm", "8x56R|8x56R MANNLICHER|8x56 STEYR" },
	{ "8mm Remington Magnum", "8mm", "8mm REM MAG" },
	{ "8mm blank", "8mm", "8mm K|8mm KNALL|8mm PA|8mm P.A.K.|8mm PAK|8mm BLANC|8mm SALVE" },
	{ "8mm", "8mm", "8" },
	/* 9 mm */
	{ "9x19mm Parabellum", NULL, "9mm|9mm LUGER|9mm PARA|9mm PARABELLUM|9x19|9mm NATO|9 LUGER|"
	  "9 PARA|9 PARABELLUM|9x19 PARA|9x19 LUGER|9x19 PARABELLUM|9mm P|9P|9mm LUG|9x19mm|9x19 NATO|"
	  "9 NATO|9mm CAL|9x19mm Luger|9mm MAUSER EXPORT|9mm PARABELUM|9mm PARABELLO|9x19mm Para|"
	  "9mm PB|9x19 PB|.9mm|9x19 M|9 mm. para|9mm semi auto|9 MILIMETROS|9MM PARABELLUM LUGER|"
	  "9mm Luger Parabellum|9mm Luger/Para|9mm pistol|9 M M|9X19 P|9 milímetros|9mm FS|"
	  "9mm luger +P" },
	{ "9x18mm Makarov", NULL, "9 MAKAROV|9mm MAKAROV|9x18|9 MAK|9mm MAK|9x18 MAK|9x18 PM|9.2x18" },
	{ "9x18mm Ultra", NULL, "9mm ULTRA|9 POLICE|9mm POLICE|9x18 ULTRA|9x18 POLICE" },
	{ ".380 ACP", NULL, "380 AUTO|380 AUTOMATIC|9mm KURZ|9 KURZ|9x17|9mm CORTO|9 CORTO|9mm COURT|"
	  "9 COURT|9mm SHORT|9 SHORT|9mm BROWNING COURT|9mm BROWNING SHORT|380|380 CAL|9x17mm|"
	  "9x17 KURZ|9mm K|380 A.C.P.|9mm BROWNING CORTO|380 KURZ|9 mm Br. c|9mm CURTO|9 CURTO|"
	  "9 BROWNING COURT|380 ACP/9mm KURZ|9mm/380|380 AUTO/9mm KURZ|380 PISTOL|9mm SHORT 380|"
	  "9mm kratka" },
	{ "9x20mm Browning Long", NULL, "9mm BROWNING LONG|9 BROWNING LONG|9x20SR|9x20|"
	  "9mm LONG BROWNING" },
	{ "9x21mm", NULL, "9x21 IMI|9x21|9mm IMI|9x21mm IMI" },
	{ "9x23mm Largo", NULL, "9mm LARGO|9 LARGO|9mm BERGMANN BAYARD|9x23|9mm BERGMANN|9x23 LARGO" },
	{ "9x23mm Steyr", NULL, "9mm STEYR|9 STEYR|9x23 STEYR" },
	{ "9x25mm Mauser", NULL, "9mm MAUSER|9x25" },
	{ "9x39mm", NULL, "9x39 SP" },
	{ "9mm Glisenti", NULL, "9 GLISENTI" },
	{ "9mm Flobert", NULL, "9 FLOBERT|9mm RIMFIRE|9mm GARDEN" },
	{ "9mm blank", NULL, "9mm PAK|9mm P.A.K.|9mm PA|9mm R|9mm RK|9mm R KNALL|9mm KNALL|9mm R.K.|"
	  "9mm BLANC|9x22 PAK|9 PAK|9mm BLANK|9mm P A|9mm FOGUEO|9mm DETONADORA|9mm SALVE|380 KNALL|"
	  "380 BLANK|9mm A BLANC|9x22mm P.A.K." },
	{ ".38 Super", ".38", "38 SUPER AUTO|38 SUPER AUTOMATIC|38 SUP|38 SUPER +P|38 SUPER AUTO +P|"
	  "9x23SR" },
	{ ".38 ACP", ".38", "38 AUTO|38 AUTOMATIC|9mm BROWNING AMERICAN" },
	{ ".38 Special", ".38", "38 SPL|38 SPEC|38 SP|38 S&W SPECIAL|38 SPCL|38 SPECIAL +P|9x29R|"
	  "38 SPECIAL CTG|38 S&W SPL|38 SPC|38 SMITH & WESSON SPECIAL|38 S&W SPEC|38 SPECIAL P|"
	  "38 ESPECIAL|38 ESP|38 SPCIAL|38SPL+P|38 SPECIALE|38 Special WC|38 S W SPECIAL" },
	{ ".38 S&W", ".38", "38 SMITH & WESSON|38 SW|38/200|38-200|380 REVOLVER|38 S&W CTG|38 SHORT|"
	  "38 S W CORTO|38 CORTO|.38 S & W" },
	{ ".38 Long Colt", ".38", "38 LC|38 COLT|38 SHORT COLT|38 LONG" },
	{ ".38-40 Winchester", ".38", "38-40|38 WCF|38-40 WCF" },
	{ ".38-55 Winchester", ".38", "38-55" },
	{ ".38", ".38", "38 CAL|38 CALIBER" },
	{ ".36", NULL, "36 BLACK POWDER|36 PERCUSSION" },
	{ "9.3x62mm", NULL, "9.3x62|9.3" },
	{ "9.3x74mmR", NULL, "9.3x74R|9.3x74" },
	{ ".375 H&H Magnum", ".375", "375 H&H|375 HOLLAND & HOLLAND|375 HOLLAND & HOLLAND MAGNUM|"
	  "375 H H MAG" },
	{ ".375 Winchester", ".375", "375 WIN" },
	{ ".375 CheyTac", ".375", NULL },
	{ ".375", ".375", NULL },
	/* .40 and above */
	{ ".40 S&W", NULL, "40|40 SW|40 SMITH & WESSON|40 CAL|40 S W|40 CALIBER|10x22|40 AUTO|"
	  ".40 S&W AUTO|40 SMITH|40 S&W CAL|40 SMITH&WESSON|40 S Y W" },
	{ "10mm Auto", NULL, "10mm|10mm AUTOMATIC|10x25|10 AUTO|10mm AUTO NORMA|.10mm" },
	{ "10.4mm Italian", NULL, "10.35 ITALIAN|10.4 ORDINANZA|10.35 ORDINANZA ITALIANA|10.35x20|"
	  "10.4|10.35|10.4mm BODEO" },
	{ "10.6mm German Ordnance", NULL, "10.6 REICHSREVOLVER|10.6x25|10.6|10.55 REICHSREVOLVER" },
	{ ".401 Winchester SL", NULL, "401" },
	{ ".405 Winchester", NULL, "405 WIN|405" },
	{ ".408 CheyTac", NULL, "408" },
	{ ".41 Magnum", ".41", "41 MAG|41 REM MAG|41 REMINGTON MAGNUM" },
	{ ".41 Action Express", ".41", "41 AE" },
	{ ".41 Long Colt", ".41", "41 LC|41 COLT" },
	{ ".41 Short", ".41", "41 RF|41 RIMFIRE|41 SHORT RF" },
	{ ".41", ".41", NULL },
	{ "11mm Mauser", NULL, "11x60R|11mm|11.15x60R" },
	{ "11mm French Ordnance", NULL, "11mm 1873|11mm 73|11x17R|11.4 chamelot delvigne" },
	{ ".416 Rigby", NULL, NULL },
	{ ".416 Barrett", NULL, NULL },
	{ ".416 Remington Magnum", NULL, "416 REM MAG" },
	{ ".44 Magnum", ".44", "44 MAG|44 REM MAG|44 REMINGTON MAGNUM|44 S&W MAGNUM|10.9x33R|"
	  "44 MAGNUN|44 MAG/44 SPL" },
	{ ".44 Special", ".44", "44 SPL|44 S&W SPECIAL|44 SPEC|44 SMITH & WESSON SPECIAL" },
	{ ".44-40 Winchester", ".44", "44-40|44 WCF|44-40 WIN|44-40 WCF|44.40|44/40" },
	{ ".44 Russian", ".44", "44 S&W RUSSIAN|44 SMITH & WESSON RUSSIAN" },
	{ ".44 Henry", ".44", "44 HENRY RF|44 RIMFIRE" },
	{ ".44 Bulldog", ".44", "44 WEBLEY" },
	{ ".44 AutoMag", ".44", "44 AMP" },
	{ ".44", ".44", "44 CAL|44 PERCUSSION|44 BLACK POWDER" },
	{ ".444 Marlin", NULL, "444" },
	{ ".45 ACP", ".45", "45 AUTO|45 AUTOMATIC|11.43|11.43mm|11.43x23|11.25|11.25mm|45 A.C.P.|"
	  "45 ACP AUTO|11.43x23 ACP|45 AUTO ACP|45 AP|11.25x23|45 ACP/AUTO|11.43 ACP|45 ACP +P|"
	  "45 CAL ACP|.45 auto pistol" },
	{ ".45 Colt", ".45", "45 LONG COLT|45 LC|45 COLT LONG|45 L C|45 COLT/410|410/45|45/410|"
	  "45 LC/410|45 LONG COLT/410|45/410 GAUGE|410/45 LC|45 COLT 410" },
	{ ".45 GAP", ".45", "45 GLOCK|45 G.A.P.|45 GLOCK AUTO PISTOL" },
	{ ".45 Auto Rim", ".45", "45 AR" },
	{ ".45 Schofield", ".45", "45 S&W SCHOFIELD|45 S&W" },
	{ ".45 Super", ".45", NULL },
	{ ".45-70 Government", ".45", "45-70|45-70 GOVT|45/70|45-70 GOV|45.70|4570" },
	{ ".45 Winchester Magnum", ".45", "45 WIN MAG" },
	{ ".45 black powder", ".45", "45 MUZZLELOADER|45 PERCUSSION|45 BP" },
	{ ".45", ".45", "45 CAL|45 CALIBER" },
	{ ".450 Bushmaster", NULL, "450 BM|450" },
	{ ".450/.400 Nitro Express", NULL, NULL },
	{ ".454 Casull", NULL, "454|454 CAS" },
	{ ".455 Webley", NULL, "455|455 WEBLEY MK II|455 ELEY|455 WEBLEY AUTO|455 REVOLVER" },
	{ ".458 SOCOM", ".458", NULL },
	{ ".458 Winchester Magnum", ".458", "458 WIN MAG" },
	{ ".458", ".458", NULL },
	{ ".460 S&W Magnum", ".460", "460 S&W|460 SW MAG|460 SMITH & WESSON" },
	{ ".460 Weatherby Magnum", ".460", "460 WBY MAG" },
	{ ".460", ".460", NULL },
	{ ".470 Nitro Express", NULL, "470 NE" },
	{ ".475 Wildey Magnum", NULL, "475 WILDEY" },
	{ ".480 Ruger", NULL, "480" },
	{ ".500 S&W Magnum", ".500", "500 S&W|500 SW MAG|500 SMITH & WESSON|500 MAGNUM|500 S&W MAG" },
	{ ".500 Nitro Express", ".500", "500 NE" },
	{ ".500", ".500", NULL },
	{ ".50 BMG", ".50", "50 BROWNING|50 CAL BMG|12.7x99|12.7x99 NATO|50 BROWNING MACHINE GUN|"
	  ".50 Browning BMG|12.7x99mm NATO" },
	{ ".50 AE", ".50", "50 ACTION EXPRESS|50 A.E.|50 MAGNUM" },
	{ ".50 GI", ".50", NULL },
	{ ".50 Beowulf", ".50", "12.7x42" },
	{ ".50 black powder", ".50", "50 MUZZLELOADER|50 PERCUSSION|50 BP|50 CAL MUZZLELOADER|"
	  "50 CAL BLACK POWDER|50 BLACKPOWDER" },
	{ ".50", ".50", "50 CAL|50 CALIBER|12.7mm|12.7" },
	{ "12.7x108mm", NULL, "12.7x108" },
	{ "14.5x114mm", NULL, "14.5mm|14.5|14.5x114" },
	{ ".54 black powder", NULL, "54|54 CAL|54 PERCUSSION" },
	{ ".58 black powder", NULL, "58|58 CAL|58 PERCUSSION" },
	{ ".577 Nitro Express", NULL, "577" },
	{ ".600 Nitro Express", NULL, "600" },
	{ ".68 paintball", NULL, NULL },
	{ "20x102mm", NULL, "20mm" },
	{ "23x152mm", NULL, "23mm" },
	{ "26.5mm flare", NULL, "26.5mm|26.5|SIGNAL 26.5|26mm" },
	{ "30mm", NULL, NULL },
	{ "37mm", NULL, NULL },
	{ "40x46mm", NULL, "40mm|40mm GRENADE|40x46" },
	{ "60mm mortar", NULL, "60mm" },
	{ "81mm mortar", NULL, "81mm" },
	{ "82mm mortar", NULL, "82mm" },
	/* gauges */
	{ "4 gauge", NULL, "4 GA" },
	{ "8 gauge", NULL, "8 GA" },
	{ "10 gauge", NULL, "10 GA|10/89" },
	{ "12 gauge", NULL, "12|12 GA|12/70|12/76|12/65|12/67|12/67.5|12/89|12x70|12x76|12x65|12x89|"
	  "12-70|12-76|12G|12 CAL|CALIBRE 12|12 GAUGE 3 INCH|12GA 3|12GA 2 3/4|12 GAUGE 2 3/4|"
	  "12 GAUGE 3|12 GAUGE 3 1/2|12 MAGNUM|12 MAG|12 GA MAGNUM|12 ga.|12g.|ESC 12|Cal.12/70|12 PA|"
	  "12/76 MAGNUM|12/70 MAGNUM" },
	{ "14 gauge", NULL, "14 GA" },
	{ "16 gauge", NULL, "16|16 GA|16/70|16/65|16/67|16x70|16x65|16G|CALIBRE 16|16/67.5|16-70" },
	{ "20 gauge", NULL, "20|20 GA|20/70|20/76|20x70|20x76|20G|CALIBRE 20|20 MAGNUM|20/65|20-70|"
	  "20 GAUGE 3" },
	{ "24 gauge", NULL, "24|24 GA|24/65|24/70" },
	{ "28 gauge", NULL, "28|28 GA|28/70|28/65" },
	{ "32 gauge", NULL, "32 GA|32/65|32/70|14mm" },
	{ ".410 bore", NULL, "410|410 GA|410 BORE|36/410|410 MAGNUM|410 CAL|12mm|36 GA|410/76|"
	  "410 SHOTGUN|.410 gauge|36/76|410x76|410 3" },
	{ NULL, NULL, NULL },
};

/* Lines of one spelling follow each other. '-' is a type that is not known. */
const struct calibre_short calibre_shorts[] = {
	{ "22", "PVRB", ".22 LR" },
	{ "30", "P", "7.65x21mm Parabellum" },
	{ "32", "P", ".32 ACP" }, { "32", "V", ".32 S&W Long" }, { "32", "S", "32 gauge" },
	{ "36", "S", ".410 bore" },
	{ "357", "VR", ".357 Magnum" },
	{ "38", "V", ".38 Special" },
	{ "380", "V", ".38 S&W" },
	{ "41", "V", ".41 Magnum" },
	{ "44", "V", ".44 Magnum" },
	{ "45", "PB", ".45 ACP" }, { "45", "V", ".45 Colt" },
	{ "460", "V", ".460 S&W Magnum" },
	{ "500", "V", ".500 S&W Magnum" },
	{ "50", "P", ".50 AE" }, { "50", "M", ".50 BMG" },
	{ "12.7mm", "RM", ".50 BMG" },
	{ "270", "R", ".270 Winchester" },
	{ "7.62", "PB", "7.62x25mm Tokarev" }, { "7.62", "V", "7.62x38mmR" },
	{ "7.62mm", "PB", "7.62x25mm Tokarev" }, { "7.62mm", "V", "7.62x38mmR" },
	{ "7.65", "PB", ".32 ACP" },
	{ "7.65mm", "PB", ".32 ACP" },
	{ "8mm", "V", "8mm Lebel Revolver" },
	{ "9", "PVRB-", "9x19mm Parabellum" },
	{ "10", "P", "10mm Auto" }, { "10", "S", "10 gauge" },
	{ "4", "S", "4 gauge" }, { "8", "S", "8 gauge" },
	{ NULL, NULL, NULL },
};

const char *const calibre_sets[] = {
	".223 Remington|5.56x45mm NATO|.223 Wylde",
	".308 Winchester|7.62x51mm NATO",
	".308 Winchester|7.62mm",
	".38 Special|.357 Magnum", ".38 Special|.357", ".38|.357 Magnum",
	".44 Special|.44 Magnum",
	".32 S&W|.32 S&W Long|.32 H&R Magnum|.327 Federal Magnum",
	".22 LR|.22 Short|.22 Long",
	"7.62x25mm Tokarev|7.63x25mm Mauser",
	"7.62x54mmR|.30", ".30|.308 Winchester",
	".32 ACP|7.65mm",
	".45 Colt|.410 bore", ".454 Casull|.45 Colt",
	".460 S&W Magnum|.454 Casull|.45 Colt",
	".45 ACP|.45 Auto Rim|.45 Super",
	".38 ACP|.38 Super",
	"9x18mm Makarov|9x18mm Ultra",
	".380 ACP|.38",
	"8x57mm Mauser|7.92x33mm Kurz",
	"10mm Auto|.40 S&W",
	NULL,
};
