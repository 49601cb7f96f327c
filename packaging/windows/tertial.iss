; Setup program for Windows, by Inno Setup 6.3 or newer. packaging/windows_installers.py makes it, after
; packaging/windows_inputs.py has written what stands in {#...} and the section on the registry.
; Silent: Tertial-x.y.z-setup.exe /VERYSILENT /SUPPRESSMSGBOXES /NORESTART
#include "..\..\build\windows\product.iss"

[Setup]
AppId={{{#InnoAppId}}
AppName={#Name}
AppVersion={#Version}
AppVerName={#Name} {#Version}
AppPublisher={#Publisher}
AppComments={#Description}
VersionInfoVersion={#FourPartVersion}
; For the whole machine, never for one user alone: file kinds and the folder are those of the machine.
PrivilegesRequired=admin
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
DefaultDirName={autopf64}\{#Name}
DisableDirPage=auto
DisableProgramGroupPage=yes
DisableWelcomePage=yes
ChangesAssociations=yes
; An open window is asked to close by Windows itself; it has saved everything already.
CloseApplications=yes
RestartApplications=no
Compression=lzma2/max
SolidCompression=yes
WizardStyle=modern
SetupIconFile={#Icon}
UninstallDisplayName={#Name}
UninstallDisplayIcon={app}\{#Windowed}
OutputDir={#Installers}
OutputBaseFilename={#Name}-{#Version}-setup
#ifdef Sign
SignTool=tertial
SignedUninstaller=yes
#endif

[Languages]
Name: "nb"; MessagesFile: "compiler:Languages\Norwegian.isl"
Name: "en"; MessagesFile: "compiler:Default.isl"

[InstallDelete]
; Libraries of an older version, which the new one may have no use for.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "{#Frozen}\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
Name: "{autoprograms}\{#Name}"; Filename: "{app}\{#Windowed}"; Comment: "{#Description}"

[Run]
Filename: "{app}\{#Windowed}"; Description: "{cm:LaunchProgram,{#Name}}"; Flags: nowait postinstall skipifsilent runasoriginaluser
