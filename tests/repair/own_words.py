"""Sentences of our own in many languages, as a README has them; written for these tests."""

from __future__ import annotations

WORDS = {
    "zh": (
        "请先下载最新版本的安装包，然后按照说明完成配置。",
        "如果运行时出现错误，请查看日志文件。",
        "本项目使用开源许可证发布，欢迎提交问题和建议。",
    ),
    "zh-Hant": (
        "請先下載最新版本的安裝檔，然後按照說明完成設定。",
        "如果執行時發生錯誤，請檢查記錄檔。",
        "歡迎提交問題與建議，我們會儘快回覆。",
    ),
    "ja": (
        "最新のバージョンをダウンロードしてから、設定ファイルを編集してください。",
        "エラーが発生した場合は、ログを確認してください。",
        "このプロジェクトへの提案や質問を歓迎します。",
    ),
    "ko": (
        "먼저 최신 버전을 내려받은 다음 설정 파일을 수정하세요.",
        "오류가 발생하면 로그 파일을 확인하십시오.",
        "이 프로젝트에 대한 질문과 제안을 환영합니다.",
    ),
    "ru": (
        "Сначала скачайте последнюю версию и установите программу.",
        "Если появится ошибка, проверьте файл настроек.",
        "Мы будем рады вашим вопросам и предложениям.",
    ),
    "uk": (
        "Спочатку завантажте останню версію та встановіть програму.",
        "Якщо з'явиться помилка, перевірте файл налаштувань.",
        "Ми будемо раді вашим запитанням і пропозиціям.",
    ),
    "el": (
        "Πρώτα κατεβάστε την τελευταία έκδοση και εγκαταστήστε το πρόγραμμα.",
        "Αν εμφανιστεί σφάλμα, ελέγξτε το αρχείο ρυθμίσεων.",
        "Οι ερωτήσεις και οι προτάσεις σας είναι ευπρόσδεκτες.",
    ),
    "ar": (
        "قم أولا بتنزيل أحدث إصدار ثم افتح ملف الإعدادات.",
        "إذا ظهر خطأ فتحقق من ملف السجل.",
        "نرحب بجميع الأسئلة والاقتراحات حول هذا المشروع.",
    ),
    "fa": (
        "ابتدا آخرین نسخه را بارگیری کنید و سپس پرونده تنظیمات را باز کنید.",
        "اگر خطایی پیش آمد، گزارش برنامه را بررسی کنید.",
        "از پرسش‌ها و پیشنهادهای شما استقبال می‌کنیم.",
    ),
    "he": (
        "תחילה הורידו את הגרסה האחרונה ולאחר מכן פתחו את קובץ ההגדרות.",
        "אם מופיעה שגיאה, בדקו את קובץ היומן.",
        "נשמח לקבל שאלות והצעות על הפרויקט.",
    ),
    "hi": (
        "सबसे पहले नया संस्करण डाउनलोड करें और फिर सेटिंग की फ़ाइल खोलें।",
        "यदि कोई त्रुटि दिखाई दे तो लॉग की जाँच करें।",
        "आपके सवाल और सुझाव हमारे लिए उपयोगी हैं।",
    ),
    "th": (
        "ดาวน์โหลดรุ่นล่าสุดก่อน แล้วเปิดไฟล์การตั้งค่า",
        "หากเกิดข้อผิดพลาด ให้ตรวจสอบไฟล์บันทึก",
        "เรายินดีรับคำถามและข้อเสนอแนะของคุณ",
    ),
    "vi": (
        "Trước tiên hãy tải phiên bản mới nhất rồi mở tệp cấu hình.",
        "Nếu xuất hiện lỗi, hãy kiểm tra tệp nhật ký.",
        "Chúng tôi luôn chào đón câu hỏi và đề xuất của bạn.",
    ),
    "tr": (
        "Önce en son sürümü indirin, ardından ayar dosyasını açın.",
        "Bir hata oluşursa günlük dosyasını gözden geçirin.",
        "Sorularınızı ve önerilerinizi bekliyoruz, katkılarınız için teşekkürler.",
    ),
    "pl": (
        "Najpierw pobierz najnowszą wersję, a następnie otwórz plik ustawień.",
        "Jeśli pojawi się błąd, sprawdź dziennik zdarzeń.",
        "Chętnie przyjmiemy wszystkie pytania i propozycje.",
    ),
    "cs": (
        "Nejprve stáhněte nejnovější verzi a potom otevřete soubor s nastavením.",
        "Pokud se objeví chyba, zkontrolujte soubor se záznamy.",
        "Uvítáme vaše otázky, připomínky i návrhy na zlepšení.",
    ),
    "hu": (
        "Először töltse le a legújabb változatot, majd nyissa meg a beállítások fájlját.",
        "Ha hiba történik, ellenőrizze a naplófájlt.",
        "Örömmel várjuk a kérdéseket és a javaslatokat.",
    ),
    "ro": (
        "Mai întâi descărcați ultima versiune, apoi deschideți fișierul de configurare.",
        "Dacă apare o eroare, verificați jurnalul și încercați din nou.",
        "Vă mulțumim pentru întrebări și sugestii.",
    ),
    "de": (
        "Zuerst laden Sie die neueste Version herunter und öffnen die Datei mit den Einstellungen.",
        "Falls ein Fehler auftritt, prüfen Sie die Protokolle für nähere Angaben.",
        "Wir freuen uns über Fragen und Vorschläge.",
    ),
    "fr": (
        "Téléchargez d'abord la dernière version, puis ouvrez le fichier des paramètres.",
        "Si une erreur apparaît, vérifiez le journal du système.",
        "Vos questions et vos idées sont toujours appréciées.",
    ),
    "es": (
        "Primero descargue la última versión y después abra el archivo de configuración.",
        "Si aparece algún error, revise también el registro según la guía.",
        "Agradecemos sus preguntas y su opinión sobre la documentación.",
    ),
    "pt": (
        "Primeiro baixe a versão mais recente e depois abra o arquivo de configurações.",
        "Se não funcionar, verifique também as permissões da aplicação.",
        "Suas dúvidas e sugestões são sempre bem recebidas.",
    ),
    "it": (
        "Prima scaricate la versione più recente e poi aprite il file delle impostazioni.",
        "Se c'è un errore, la causa è già scritta nel registro delle attività.",
        "Le vostre domande sono benvenute: così il progetto migliorerà.",
    ),
    "nl": (
        "Download eerst de nieuwste versie en open daarna het bestand met de instellingen.",
        "Als er een fout optreedt, controleer dan één voor één de geïnstalleerde onderdelen.",
        "Wij zijn blij met vragen over coördinatie en met goede ideeën.",
    ),
    "sv": (
        "Hämta först den senaste versionen och öppna sedan filen med inställningar.",
        "Om något går fel, läs igenom loggen en gång till.",
        "Vi är tacksamma för frågor och förslag på förbättringar.",
    ),
}
"""Three sentences for each language that must have a table, by its BCP 47 tag."""


def page(language: str) -> str:
    """Return a small page in a language: its sentences as paragraphs."""
    return "\n\n".join(WORDS[language]) + "\n"


def sentences() -> list[str]:
    """Return all sentences."""
    return [sentence for each in WORDS.values() for sentence in each]
