; Inno Setup 6, on Windows, after `python packaging\bundle.py`:  iscc /DVersion=0.1.0 packaging\windows\citegrid.iss
; Not tried yet: written on Linux, where it cannot be run.
#ifndef Version
  #error "Name the version: iscc /DVersion=X.Y.Z citegrid.iss"
#endif

[Setup]
AppId={{6E0B8B6E-7C7E-4B53-9C0E-0C1D5A6F2B41}
AppName=CiteGrid
AppVersion={#Version}
AppPublisher=The CiteGrid authors
LicenseFile=..\..\LICENSE
DefaultDirName={autopf}\CiteGrid
DefaultGroupName=CiteGrid
DisableProgramGroupPage=yes
; For one person, without an administrator; for all where one asks for it.
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
OutputDir=..\..\dist
OutputBaseFilename=citegrid-{#Version}-windows-x64
SetupIconFile=..\..\build\icons\citegrid.ico
UninstallDisplayIcon={app}\citegrid-window.exe
Compression=lzma2/max
SolidCompression=yes
WizardStyle=modern

[Languages]
Name: "english"; MessagesFile: "compiler:Default.isl"

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; GroupDescription: "{cm:AdditionalIcons}"; Flags: unchecked

[InstallDelete]
; What an older version had and this one has not.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "..\..\build\bundle\citegrid\*"; DestDir: "{app}"; Flags: recursesubdirs createallsubdirs ignoreversion

[Icons]
Name: "{group}\CiteGrid"; Filename: "{app}\citegrid-window.exe"
Name: "{autodesktop}\CiteGrid"; Filename: "{app}\citegrid-window.exe"; Tasks: desktopicon

[Run]
Filename: "{app}\citegrid-window.exe"; Description: "{cm:LaunchProgram,CiteGrid}"; Flags: nowait postinstall skipifsilent
